export function findFaults(folder: string): string[];
export function measurePage(folder: string): { gzip: number; gzipLater: number };
