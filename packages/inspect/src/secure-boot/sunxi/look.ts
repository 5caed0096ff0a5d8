import { parseSunxiEgon, sunxiSum } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readToc0 } from './toc0.ts'

export function lookAtSunxi(artefact: Artefact, out: MapOut): void {
  const { format, bytes } = artefact
  if (format === 'sunxi-toc0') {
    const toc = readToc0(bytes)
    if (toc) out.fact('boot.sunxi.toc0', placeOf(artefact), toc)
    return
  }
  const image = parseSunxiEgon(bytes, 0)
  if (!image) return
  const { stage, length, checksum } = image
  const whole = length <= bytes.size
  out.fact('boot.sunxi.egon', placeOf(artefact), {
    stage,
    checksum: !whole ? 'cut-off' : sunxiSum(bytes, 0, length, checksum) === checksum ? 'match' : 'mismatch',
  })
}
