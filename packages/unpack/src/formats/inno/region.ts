import type { Bytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { loaderOf } from './loader.ts'
import { VERSION_SIZE, versionAt } from './versions.ts'

/** The installer at `at`, from its program to behind its lists. */
export function innoRegion(bytes: Bytes, at: number): Region | undefined {
  const loader = loaderOf(bytes, at)
  if (!loader) return undefined
  const isCut = loader.headerAt + VERSION_SIZE > bytes.size
  return isCut || versionAt(bytes, loader.headerAt)
    ? { start: at, end: Math.min(loader.end, bytes.size) }
    : undefined
}
