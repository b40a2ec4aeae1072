/** Finds the file that a URL path names inside a folder, and nothing outside it. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

export interface StaticFile {
  readonly path: string;
  readonly bytes: number;
  /** MIME type: module scripts and WebAssembly run only under their own. */
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Null for what does not exist, for folders, for hidden files and for every path that leads out of the folder, also through a link.
 * @param urlPath as it stands in the request, percent-encoded; a folder's path ends in `/` and means its `index.html`
 */
export async function findStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const relative = safePath(urlPath);
  if (relative === null) return null;
  const root = await realpath(folder).catch(() => null);
  const file = root === null ? null : await realpath(path.join(root, relative)).catch(() => null);
  if (root === null || file === null || !file.startsWith(root + path.sep)) return null;
  const found = await stat(file);
  if (!found.isFile()) return null;
  return { path: file, bytes: found.size, type: TYPES[path.extname(file)] ?? 'application/octet-stream' };
}

/**
 * The path inside the folder that a URL path means, or null where it could mean something else.
 * @example
 * safePath('/assets/app%20icon.png') // 'assets/app icon.png'
 * @example
 * safePath('/%2e%2e/secret') // null
 */
export function safePath(urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || /[\\\0]/.test(decoded)) return null;
  const steps = (decoded.endsWith('/') ? `${decoded}index.html` : decoded).slice(1).split('/');
  return steps.some((step) => step === '' || step.startsWith('.')) ? null : steps.join('/');
}
