import { FormatError, parseFdt, parseFdtHeader } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readControl } from './control.ts'
import type { BrokenFitFact } from './facts.ts'
import { readFit, speaksOfSignatures } from './structure.ts'

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
    out.fact('boot.fit', place, broken(artefact, error))
  }
}

function lookAtTree(artefact: Artefact, out: MapOut): void {
  try {
    const control = readControl(parseFdt(artefact.bytes, 0))
    if (control) out.fact('boot.control', placeOf(artefact), control)
  } catch (error) {
    // Damage is the reader's to tell; a tree that cannot be read gives no keys.
    if (!(error instanceof FormatError)) throw error
  }
}

function broken({ bytes }: Artefact, error: FormatError): BrokenFitFact {
  try {
    const { stringsOffset, stringsSize } = parseFdtHeader(bytes, 0)
    return {
      state: 'broken',
      signed: speaksOfSignatures(bytes.view(stringsOffset, stringsSize)),
      why: error.code,
    }
  } catch {
    return { state: 'broken', signed: false, why: error.code }
  }
}

const MORE_THAN_READ = {
  en: 'The FIT has more images, configurations or signatures than are read; the rest was not verified.',
  de: 'Das FIT hat mehr Images, Konfigurationen oder Signaturen, als gelesen werden; der Rest wurde nicht geprüft.',
}
