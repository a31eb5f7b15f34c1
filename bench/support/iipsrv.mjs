// iipsrv, the C++ image server, as it is installed: two processes behind nginx.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram, freePort, isProgram, startProcess, until } from "./programs.mjs";

const IIPSRV = "/usr/lib/iipimage-server/iipsrv.fcgi";
const PROCESSES = 2;
/** That of the stored tiles; its own default is 75. */
const QUALITY = "85";

/** Paths of what is needed, or the names of what is missing. */
export function findIipsrv() {
  const nginx = findProgram("nginx");
  const spawnFcgi = findProgram("spawn-fcgi");
  const missing = [
    ...(nginx === undefined ? ["nginx"] : []),
    ...(spawnFcgi === undefined ? ["spawn-fcgi"] : []),
    ...(isProgram(IIPSRV) ? [] : ["iipsrv"]),
  ];
  return { nginx, spawnFcgi, missing };
}

/**
 * Starts iipsrv: a file `x` of the folder is served at `/iiif/3/x/…`.
 *
 * All that is not said here is as it is by default, its cache of tiles (10 MB a process) among it.
 *
 * @param {string} work An empty folder for sockets and logs.
 * @param {string} pictures The folder of the files.
 * @returns {Promise<import("./contestant.mjs").Contestant>}
 */
export async function startIipsrv(work, pictures) {
  const { nginx, spawnFcgi } = findIipsrv();
  if (nginx === undefined || spawnFcgi === undefined) throw new Error("Cannot start iipsrv: a program is missing");
  const sockets = Array.from({ length: PROCESSES }, (_, index) => join(work, `iipsrv-${index}.sock`));
  const env = {
    FILESYSTEM_PREFIX: `${pictures}/`,
    JPEG_QUALITY: QUALITY,
    LOGFILE: join(work, "iipsrv.log"),
    VERBOSITY: "0",
  };
  const servers = sockets.map((socket) => startProcess(spawnFcgi, ["-n", "-s", socket, "--", IIPSRV], env));
  const port = await freePort();
  const config = join(work, "nginx.conf");
  mkdirSync(join(work, "temp"));
  writeFileSync(config, nginxConfig(work, port, sockets));
  const front = startProcess(nginx, ["-p", work, "-c", config, "-e", join(work, "error.log")]);
  const origin = `http://127.0.0.1:${port}`;
  const close = async () => {
    for (const each of [front, ...servers]) await each.stop();
  };
  const isUp = () =>
    fetch(origin).then(
      () => true,
      () => (front.hasEnded() ? Promise.reject(new Error(front.said())) : undefined),
    );
  await until(isUp, "nginx");
  return { origin, pids: [front, ...servers].map(({ pid }) => pid), close };
}

/** Connections of clients are kept; those to iipsrv are not, since one of its processes serves one connection at a time. */
function nginxConfig(/** @type {string} */ work, /** @type {number} */ port, /** @type {string[]} */ sockets) {
  const kinds = ["client_body", "fastcgi", "proxy", "scgi", "uwsgi"];
  return `daemon off;
worker_processes 2;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${work}/nginx.pid;
error_log ${work}/error.log error;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 1000000000;
${kinds.map((kind) => `  ${kind}_temp_path ${work}/temp/${kind};`).join("\n")}
  upstream iipsrv {
${sockets.map((socket) => `    server unix:${socket};`).join("\n")}
  }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    location ~ ^/iiif/3/(.*)$ {
      fastcgi_pass iipsrv;
      fastcgi_buffer_size 32k;
      fastcgi_buffers 256 32k;
      fastcgi_busy_buffers_size 256k;
      fastcgi_max_temp_file_size 0;
      fastcgi_param QUERY_STRING IIIF=$1;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param HTTP_HOST $http_host;
      fastcgi_param SERVER_PROTOCOL $server_protocol;
    }
  }
}
`;
}
