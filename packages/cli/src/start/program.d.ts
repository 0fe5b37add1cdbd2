/** The file name of the bundled program, beside this code; whoever bundles puts it in. */
declare const PROGRAM_FILE: string;
