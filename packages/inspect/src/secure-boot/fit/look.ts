import { FormatError, parseFdt, signedFitRegion } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readControl } from './control.ts'
import { readFit } from './structure.ts'

/** Map: the structure of a FIT, and the keys of a control device tree. */
export function lookAtFit(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'fdt') lookAtTree(artefact, out)
  else lookAtImages(artefact, out)
}

function lookAtImages(artefact: Artefact, out: MapOut): void {
  const place = placeOf(artefact)
  try {
    const fit = readFit(parseFdt(artefact.bytes, 0))
    out.fact('boot.fit', place, fit)
    out.pin(artefact)
    if (fit.cut) out.limit('bytes', place, MORE_THAN_READ)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    out.fact('boot.fit', place, { state: 'broken', signed: isSigned(artefact), why: error.code })
  }
}

/** A tree with the names of a signed FIT and without its images has lost them: it is no plain device tree. */
function lookAtTree(artefact: Artefact, out: MapOut): void {
  try {
    const control = readControl(parseFdt(artefact.bytes, 0))
    if (control) out.fact('boot.control', placeOf(artefact), control)
    else if (isSigned(artefact))
      out.fact('boot.fit', placeOf(artefact), { state: 'broken', signed: true, why: 'structure' })
  } catch (error) {
    // Damage is the reader's to tell; a tree that cannot be read gives no keys.
    if (!(error instanceof FormatError)) throw error
  }
}

function isSigned({ bytes }: Artefact): boolean {
  return signedFitRegion(bytes, 0) !== undefined
}

const MORE_THAN_READ = {
  en: 'The FIT has more images, configurations or signatures than are read; the rest was not verified.',
  de: 'Das FIT hat mehr Images, Konfigurationen oder Signaturen, als gelesen werden; der Rest wurde nicht geprüft.',
}
