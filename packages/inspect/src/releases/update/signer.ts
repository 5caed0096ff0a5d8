import type { ReleaseStatement, SavedResult, Text } from '@messlatte/model'
import { type ChainStepSeen, keyOf, stagesOf, stepsOf } from '../parts.ts'
import { type Pair, pairBy } from '../paths.ts'
import type { Look } from './look.ts'
import { SCHEMES, type UpdateSeen } from './seen.ts'

const BOTH: Text = {
  en: 'The signatures of both were verified, and the fingerprints of the keys compared.',
  de: 'Die Signaturen beider wurden geprüft und die Fingerabdrücke der Schlüssel verglichen.',
}
const NOT_BOTH: Text = {
  en: 'At least one of the two could not be verified with what was handed in.',
  de: 'Mindestens eine der beiden ließ sich mit dem Vorgelegten nicht prüfen.',
}

/** Whether one key signed what starts in both releases, step by step. */
export function bootSigners(old: SavedResult, added: SavedResult): readonly ReleaseStatement[] {
  const boot = (result: SavedResult) =>
    stepsOf(result).filter(
      ({ kind, step }) => kind === 'boot' && step.scheme !== null && step.anchors.length > 0,
    )
  return pairBy(boot(old), boot(added), keyOf).both.map(bootSigner)
}

function bootSigner({ old, new: added }: Pair<ChainStepSeen>): ReleaseStatement {
  const [a, b] = [old.step.anchors, added.step.anchors]
  const common = b.filter((one) => a.some(({ fingerprint }) => fingerprint === one.fingerprint))
  const everybody = common.some((one) => one.everybody)
  const base = {
    question: 'signer',
    subject: `${added.step.scheme}: ${stagesOf(added.step).join(', ')}`,
    old: a.map(({ fingerprint }) => fingerprint),
    new: b.map(({ fingerprint }) => fingerprint),
    places: { old: placed(old.step.path), new: placed(added.step.path) },
  } as const
  if (common.length > 0)
    return {
      ...base,
      answer: 'yes',
      text: everybody
        ? {
            en: 'Both are signed with the same key, and everybody has it.',
            de: 'Beide sind mit demselben Schlüssel signiert, und jeder hat ihn.',
          }
        : { en: 'Both are signed with the same key.', de: 'Beide sind mit demselben Schlüssel signiert.' },
      basis: BOTH,
    }
  return {
    ...base,
    answer: 'no',
    text: {
      en: 'The keys differ. A device that holds only the old one, in its fuses or its boot loader, does not start the new release.',
      de: 'Die Schlüssel sind verschieden. Ein Gerät, das in seinen Fuses oder seinem Bootloader nur den alten hat, startet die neue Firmware nicht.',
    },
    basis: {
      en: 'The signatures of both were verified; which keys a device holds, the files do not show.',
      de: 'Die Signaturen beider wurden geprüft; welche Schlüssel ein Gerät hat, zeigen die Dateien nicht.',
    },
  }
}

function placed(path: string | null): readonly string[] {
  return path === null ? [] : [path]
}

/** Whether one key, or one authority, signed both update files; or whether the step to another key was itself signed. */
export function updateSigner(old: UpdateSeen, added: UpdateSeen, look: Look): ReleaseStatement {
  const base = {
    question: 'signer',
    subject: SCHEMES[added.scheme]?.title ?? added.scheme,
    old: old.signer,
    new: added.signer,
    places: { old: [old.path], new: [added.path] },
  } as const
  if (old.signature === 'unsigned' && added.signature === 'unsigned')
    return {
      ...base,
      answer: 'no',
      text: { en: 'Neither is signed.', de: 'Keine von beiden ist signiert.' },
      basis: {
        en: 'The formats of both were read to their ends.',
        de: 'Die Formate beider wurden bis zum Ende gelesen.',
      },
    }
  if (old.signature !== 'unsigned' && added.signature === 'unsigned')
    return {
      ...base,
      answer: 'no',
      text: {
        en: 'The old one is signed, the new one is not.',
        de: 'Die alte ist signiert, die neue nicht.',
      },
      basis: {
        en: 'The format of the new one was read to its end and holds no signature.',
        de: 'Das Format der neuen wurde bis zum Ende gelesen und enthält keine Signatur.',
      },
    }
  const verifiedByOld = look.verifiedBy('old', added)
  // Each may verify only with a key of the other release: a bundle that brings its own keyring, a file without one.
  const [oldKeys, newKeys] = [look.digests('new', old), look.digests('old', added)]
  const [oldSigner, newSigner] = [signersOf(old, oldKeys), signersOf(added, newKeys)]
  if (oldKeys.size > 0 && newKeys.size > 0) {
    if (newSigner.some((one) => oldSigner.includes(one)))
      return {
        ...base,
        answer: 'yes',
        text: {
          en: 'Both are signed with the same key.',
          de: 'Beide sind mit demselben Schlüssel signiert.',
        },
        basis: BOTH,
      }
    if ([...newKeys].some((one) => oldKeys.has(one)))
      return {
        ...base,
        answer: 'yes',
        text: {
          en: 'Another key signed the new one, under the same authority as the old one.',
          de: 'Die neue hat ein anderer Schlüssel unter derselben Zertifizierungsstelle signiert.',
        },
        basis: BOTH,
      }
  }
  if (verifiedByOld.length > 0)
    return {
      ...base,
      answer: 'yes',
      text: {
        en: 'The new one verifies with a key that the old release holds: a change of keys, if it is one, is signed.',
        de: 'Die neue lässt sich mit einem Schlüssel prüfen, den die alte Firmware enthält: Ein Schlüsselwechsel, wenn es einer ist, ist signiert.',
      },
      basis: {
        en: `The signature was verified with ${verifiedByOld[0]?.path}.`,
        de: `Die Signatur wurde mit ${verifiedByOld[0]?.path} geprüft.`,
      },
    }
  const bothHold = oldKeys.size > 0 && newKeys.size > 0 && look.tried('old', added)
  return {
    ...base,
    answer: bothHold ? 'no' : 'open',
    text: bothHold
      ? {
          en: 'Different keys signed them, and nothing in either file leads from one to the other.',
          de: 'Verschiedene Schlüssel haben sie signiert, und nichts in den beiden Dateien führt vom einen zum anderen.',
        }
      : {
          en: 'Whether one key signed both, the two files do not show.',
          de: 'Ob ein Schlüssel beide signiert hat, zeigen die beiden Dateien nicht.',
        },
    basis: bothHold ? BOTH : NOT_BOTH,
  }
}

/** The signer's own certificate or key; where only the other release's keys verified it, these. */
function signersOf({ signer }: UpdateSeen, digests: ReadonlySet<string>): readonly string[] {
  return signer.length > 0 ? signer : [...digests]
}
