#include "textflag.h"

TEXT ·checksum(SB), NOSPLIT, $0-20
	MOVL $0, ret+16(FP)
	RET
