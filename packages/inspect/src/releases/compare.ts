import type { ReleaseSide, ReleasesResult, SavedResult, Text } from '@messlatte/model'
import type { ReleaseSecret } from '../secrets/secret.ts'
import type { FileDigest } from '../units/regions/mapper.ts'
import { compareFiles } from './files.ts'
import { compareMechanisms } from './mechanisms.ts'
import {
  compareAccounts,
  compareChains,
  compareComponents,
  compareFindings,
  compareKeys,
  compareServices,
  compareVerdicts,
} from './parts.ts'
import { compareSecrets } from './secrets.ts'
import { compareUpdates } from './update/index.ts'
import type { Compared } from './update/look.ts'
import { worseIn } from './worse.ts'

/** A release to compare: what `check` found, and what only its files tell. */
export interface ReleaseToCompare extends Compared {
  /** Of files: their digests, and secrets by digests under one key for both. Undefined for a saved result. */
  readonly files: readonly FileDigest[] | undefined
  readonly secrets: readonly ReleaseSecret[] | undefined
}

/** All that can be said about two releases. A pure function of what was found in both. */
export function compareReleases(
  old: ReleaseToCompare,
  added: ReleaseToCompare,
): Omit<ReleasesResult, 'failOn' | 'tool'> {
  const [a, b] = [old.result, added.result]
  const parts = {
    update: compareUpdates(old, added),
    secrets: old.secrets && added.secrets ? compareSecrets(old.secrets, added.secrets) : null,
    files: old.files && added.files ? compareFiles(old.files, added.files) : null,
    components: compareComponents(a, b),
    services: compareServices(a, b),
    accounts: compareAccounts(a, b),
    keys: compareKeys(a, b),
    findings: compareFindings(a, b),
    verdicts: compareVerdicts(a, b),
    chains: compareChains(a, b),
    mechanisms: compareMechanisms(a, b),
  }
  return { old: sideOf(old), new: sideOf(added), notes: notesOn(old, added), worse: worseIn(parts), ...parts }
}

function sideOf({ result, files }: ReleaseToCompare): ReleaseSide {
  const { tool, options, product, images, unpacked } = result
  return { source: files ? 'files' : 'result', tool, options, product, images, unpacked }
}

function notesOn(old: ReleaseToCompare, added: ReleaseToCompare): readonly Text[] {
  const [a, b] = [old.result, added.result]
  const digests = (result: SavedResult) =>
    result.images
      .map(({ sha256 }) => sha256)
      .sort()
      .join()
  return [
    ...(digests(a) === digests(b) ? [SAME_FILES] : []),
    ...(a.tool.checksDigest === b.tool.checksDigest ? [] : [OTHER_CHECKS]),
    ...(a.options.profiles.join() === b.options.profiles.join() ? [] : [OTHER_PROFILES]),
    ...(a.options.asOf === b.options.asOf ? [] : [OTHER_DAY]),
    ...(a.unpacked.partial || b.unpacked.partial ? [PARTIAL] : []),
    ...(a.unpacked.unknownBytes !== b.unpacked.unknownBytes ? [OTHER_UNKNOWN] : []),
    ...(old.files && added.files ? [] : [SAVED]),
  ]
}

const SAME_FILES: Text = {
  en: 'Both are the same files.',
  de: 'Beide sind dieselben Dateien.',
}
const OTHER_CHECKS: Text = {
  en: 'They were checked with different versions of the checks: what differs may be the check and not the release. Check both again, or hand in the files.',
  de: 'Sie wurden mit verschiedenen Versionen der Prüfungen geprüft: Was sich unterscheidet, kann die Prüfung sein und nicht die Firmware. Prüfen Sie beide neu, oder legen Sie die Dateien vor.',
}
const OTHER_PROFILES: Text = {
  en: 'They were assessed under different profiles.',
  de: 'Sie wurden nach verschiedenen Profilen bewertet.',
}
const OTHER_DAY: Text = {
  en: 'They were assessed as of different days.',
  de: 'Sie wurden auf verschiedene Tage bewertet.',
}
const PARTIAL: Text = {
  en: 'At least one of them was not read to its end: what is missing there may have been passed over.',
  de: 'Mindestens eine wurde nicht bis zum Ende gelesen: Was dort fehlt, kann übergangen worden sein.',
}
const OTHER_UNKNOWN: Text = {
  en: 'The stretches that could not be looked into are not of the same size in both: what went may lie in them.',
  de: 'Die Bereiche, in die nicht hineingesehen werden konnte, sind nicht in beiden gleich groß: Was fehlt, kann darin liegen.',
}
const SAVED: Text = {
  en: 'A saved result holds no secrets and no digests of files, so these were not compared, and no signature was tried with keys of the other release.',
  de: 'Ein gespeichertes Ergebnis enthält keine Geheimnisse und keine Digests von Dateien; sie wurden deshalb nicht verglichen, und keine Signatur wurde mit Schlüsseln der anderen Firmware geprüft.',
}
