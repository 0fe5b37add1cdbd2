import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModules } from "./load-modules.mjs";
const modules = await loadModules();
const root = "/root/go/pkg/mod/cache/download";
const zips = readdirSync(root,{recursive:true}).map(String).filter(n=>n.endsWith('.zip')&&!n.includes('toolchain')).sort().map(n=>join(root,n));
const configuration = { ...(await modules.loadConfiguration({ env: {}, flags: {} })), cacheDir: undefined };
let bytes=0,files=0; const t=performance.now(); const c0=process.cpuUsage();
for (const f of zips){ const copy=await modules.openZip(f,{configuration}); await copy.close(); for(const x of copy.files){bytes+=x.size;files++;} }
const s=(performance.now()-t)/1000, c=process.cpuUsage(c0);
console.log(zips.length,files,'files',(bytes/1e6).toFixed(0),'MB',s.toFixed(2),'s',(bytes/1e6/s).toFixed(0),'MB/s cpu',(c.user/1e6).toFixed(2),(c.system/1e6).toFixed(2));
