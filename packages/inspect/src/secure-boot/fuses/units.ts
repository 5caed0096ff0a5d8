import type { FuseReadout } from '@messlatte/model'
import type { Place } from '../../contract.ts'

/** What all documents about one unit say together. */
export interface Unit extends Omit<FuseReadout, 'name' | 'sha256' | 'size' | 'format'> {
  readonly family: 'esp' | 'hab' | 'stm32'
  readonly formats: readonly FuseReadout['format'][]
  /** The first of the documents. */
  readonly place: Place
}

const FAMILIES: Readonly<Record<FuseReadout['format'], Unit['family']>> = {
  'espefuse-json': 'esp',
  'espefuse-text': 'esp',
  'hab-status': 'hab',
  'fuse-read': 'hab',
  'stm32-option-bytes': 'stm32',
}

/**
 * Documents that name the same unit, or of one family none, are about one unit: `hab_status` says whether it is closed, and
 * `fuse read` with which key.
 */
export function unitsOf(readouts: readonly FuseReadout[]): readonly Unit[] {
  const units = new Map<string, Unit>()
  for (const readout of readouts) {
    const { name, sha256, size, format, ...said } = readout
    const family = FAMILIES[format]
    const key = `${family} ${said.unit ?? ''}`
    const known = units.get(key)
    const place = { path: name, root: '', inner: name, offset: 0, length: size, sha256 }
    units.set(key, known ? merged(known, readout) : { ...said, family, formats: [format], place })
  }
  return [...units.values()]
}

function merged(unit: Unit, more: FuseReadout): Unit {
  return {
    ...unit,
    formats: [...unit.formats, more.format],
    secureBoot: unit.secureBoot ?? more.secureBoot,
    keys: [...unit.keys, ...more.keys],
    flashEncryption: unit.flashEncryption ?? more.flashEncryption,
    debugLocked: unit.debugLocked ?? more.debugLocked,
    downloadLocked: unit.downloadLocked ?? more.downloadLocked,
    secureVersion: unit.secureVersion ?? more.secureVersion,
    events: unit.events ?? more.events,
  }
}
