import { createHash } from 'node:crypto'
import type { Artefact, MapOut, Settings } from '../../contract.ts'
import { MAX_TEXT } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { saltOf } from '../../passwords/salt.ts'
import { isSampleArtefact } from '../sample-path.ts'
import { sampleEvidence } from './evidence.ts'
import type { AccountFact, FieldFact } from './facts.ts'
import { type PasswordField, passwordField } from './field.ts'
import { parseAccounts } from './parse.ts'
import { tryFields } from './tried.ts'
import { worldReadable } from './world-readable.ts'

/** Map: the accounts of one file, with what trying the usual passwords came to. */
export function lookAtAccounts(artefact: Artefact, out: MapOut, settings: Settings): void {
  if (artefact.bytes.size === 0) return
  const file = artefact.name.startsWith('shadow') ? 'shadow' : 'passwd'
  const backup = artefact.name.endsWith('-')
  const { lines, cut } = parseAccounts(artefact.text(), file)
  if (isSampleArtefact(artefact)) {
    const opened = lines.filter(({ field }) => !isShut(passwordField(field, file).state)).length
    if (opened > 0) out.evidence(sampleEvidence(placeOf(artefact), file, opened))
    return
  }
  // A backup is not read at a login, so nothing is tried on it.
  const trials = tryFields(lines, file, backup ? { ...settings, guesses: 0 } : settings)
  const facts = lines.map((line, at): AccountFact => {
    const field: FieldFact = trials.fields[at] ?? { state: 'unusable' }
    const salt = field.state === 'hash' || field.state === 'untried' ? saltOf(line.field) : undefined
    const saltDigest = salt === undefined ? undefined : digestOf(salt)
    const { user, login } = line
    const open = !backup && isOpen(field) ? line.field : undefined
    return { file, backup, user, login, field, fieldDigest: digestOf(line.field), saltDigest, open }
  })
  facts.forEach((fact, at) => {
    out.fact('account.entry', placeOf(artefact, lines[at]?.offset, lines[at]?.length), fact)
  })
  if (facts.some(({ open }) => open !== undefined)) out.pin(artefact)
  const exposed = worldReadable(artefact, facts)
  if (exposed) out.evidence(exposed)
  if (cut || artefact.bytes.size > MAX_TEXT) out.limit('bytes', placeOf(artefact), MORE_LINES)
  if (!backup && trials.cut > 0) out.limit('guesses', placeOf(artefact), notAllTried(trials.cut))
}

/** None fitted, and there was work left. */
function isOpen(field: FieldFact): boolean {
  return field.state === 'hash' && !field.guessing.found && field.guessing.tried === field.guessing.of
}

function digestOf(byteString: string): string {
  return createHash('sha256').update(byteString, 'latin1').digest('hex')
}

/** States of a field that no password leads through. */
function isShut(state: PasswordField['state']): boolean {
  return state === 'elsewhere' || state === 'locked' || state === 'unusable'
}

const MORE_LINES = {
  en: 'The file has more lines than are read; accounts after them were not looked at.',
  de: 'Die Datei hat mehr Zeilen, als gelesen werden; Konten dahinter wurden nicht geprüft.',
}

function notAllTried(hashes: number) {
  return {
    en: `On ${hashes} password hash(es) not all of the usual passwords were tried, because the guesses were used up; --guesses raises the number.`,
    de: `An ${hashes} Passwort-Hash(es) wurden nicht alle üblichen Passwörter versucht, weil die Zahl der Versuche erreicht war; --guesses erhöht sie.`,
  }
}
