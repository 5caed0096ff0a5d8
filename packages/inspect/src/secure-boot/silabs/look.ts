import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readEbl, readGbl } from './file.ts'

export const TOKEN = 'MFG_SIGNED_BOOTLOADER_KEY_X'
/** Bytes of a file of tokens. */
const MAX_TOKENS = 64 * 1024

/** Map: update files, and files of tokens that manufacturing writes into chips. */
export function lookAtSilabs(artefact: Artefact, out: MapOut): void {
  const { format, bytes } = artefact
  const file = format === 'gbl' ? readGbl(bytes) : format === 'ebl' ? readEbl(bytes) : undefined
  if (file) out.fact('boot.silabs.file', placeOf(artefact), file)
  if (format !== undefined || bytes.size > MAX_TOKENS) return
  const text = artefact.text()
  const [x, y] = ['X', 'Y'].map((axis) => tokenIn(text, axis))
  if (x !== undefined && y !== undefined) out.fact('boot.silabs.token', placeOf(artefact), { key: x + y })
}

function tokenIn(text: string, axis: string): string | undefined {
  const at = text.indexOf(`MFG_SIGNED_BOOTLOADER_KEY_${axis}`)
  const line = at < 0 ? '' : text.slice(at, at + 160)
  return /^[A-Z_]+ {0,8}: {0,8}([0-9A-Fa-f]{64})\b/.exec(line)?.[1]?.toLowerCase()
}
