import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { lookForKeys } from './anchors.ts'
import { readImage } from './image.ts'

/** Map: images, bodies that the unpacker shows, and keys wherever they lie. */
export function lookAtMcuboot(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'mcuboot') {
    const image = readImage(artefact.bytes)
    if (image) out.fact('boot.mcuboot.image', placeOf(artefact), image)
    // A key in its TLVs is read there; one in its body is shown again with the body.
    return
  }
  if (artefact.inner === 'body' && artefact.root.endsWith(':mcuboot')) {
    out.fact('boot.mcuboot.body', placeOf(artefact), { size: artefact.bytes.size })
    out.pin(artefact)
  }
  lookForKeys(artefact, out)
}
