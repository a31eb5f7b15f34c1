export const hasProc: boolean;
export function treeOf(roots: readonly number[]): number[];
export function cpuMsOf(roots: readonly number[]): number;
export function peakMbOf(roots: readonly number[]): number;
export function ownPeakMb(pid: number): number;
export function reapedCpuMs(): number;
export function memoryMbOf(roots: readonly number[]): number;
export function resetPeaks(roots: readonly number[]): void;
export function untilIdle(roots: readonly number[], timeoutMs?: number): Promise<boolean>;
