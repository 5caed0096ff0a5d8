import { parseUimageHeader } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readUImage } from '../uimage/header.ts'
import { readEnvironment } from './environment.ts'
import { readProgram } from './program.ts'

/** include/image.h, IH_TYPE_SCRIPT. */
const SCRIPT = 6

/** Map: programs, environments and scripts of U-Boot. */
export function lookAtUBoot(artefact: Artefact, out: MapOut): void {
  const { format, inner, root, bytes } = artefact
  if (format === 'uimage') {
    if (parseUimageHeader(bytes, 0)?.type !== SCRIPT) return
    const image = readUImage(bytes)
    const intact = image?.headerChecksum === true && image.dataChecksum === true
    out.fact('boot.u-boot.script', placeOf(artefact), { intact })
    return
  }
  if (inner === 'environment.txt') {
    if (!root.endsWith(':uboot-env')) return
    const text = artefact.text()
    const environment = readEnvironment(text, '\n', 0)
    if (environment) out.fact('boot.u-boot.environment', placeOf(artefact), environment)
    return
  }
  const found = readProgram(artefact)
  if (found) out.fact('boot.u-boot', placeOf(artefact, found.offset, 1), found.fact)
}
