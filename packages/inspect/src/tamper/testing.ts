import { createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { memoryBytes, readSignifyKey, sha256 } from '@messlatte/bytes'
import type { TamperSeen } from '@messlatte/model'
import { CHECKS } from '../checks.ts'
import type { Settings } from '../contract.ts'
import { artefactsOf } from '../secure-boot/partitions/testing.ts'
import { runChecks } from '../testing.ts'
import type { Hands } from './contract.ts'
import { anatomyOf } from './formats/index.ts'
import { type Plan, planTampering, type Variant } from './plan.ts'
import { seenIn } from './seen.ts'
import { throwAwayKeys } from './signing/keys.ts'

const KEYS = recorded()
const ROOT = new URL('../', import.meta.url)

/** Throw-away keys, and what a device would need to trust them. */
function recorded() {
  const keys = throwAwayKeys()
  const made = new Map<string, Settings['trusted'][number]>()
  return {
    keyFor(...[role, kind]: Parameters<typeof keys.keyFor>) {
      const key = keys.keyFor(role, kind)
      const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
      made.set(sha256(spki), { name: role, spki, sha256: sha256(spki) })
      return key
    },
    trusted: () => [...made.values()],
  }
}

/** A fixture of a check, and with what it is verified. */
export interface Sample {
  readonly name: string
  readonly content: Buffer
  readonly trusted: Settings['trusted']
  /** What lies beside it in the release, and has the key. */
  readonly beside?: { readonly name: string; readonly content: Buffer }
}

/** @param path below `packages/inspect/src`, as is that of the key */
export function sampleOf(path: string, trust?: string): Sample {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    content: readFileSync(new URL(path, ROOT)),
    trusted: trust === undefined ? [] : [trustIn(readFileSync(new URL(trust, ROOT)))],
  }
}

function trustIn(file: Buffer): Settings['trusted'][number] {
  const name = 'mine'
  if (file.includes('CERTIFICATE')) {
    const { publicKey, raw } = new X509Certificate(file)
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    return { name, spki, certificate: raw, sha256: sha256(spki) }
  }
  const signify = readSignifyKey(file)
  const spki =
    signify?.spki ??
    createPublicKey(file[0] === 0x30 ? { key: file, format: 'der', type: 'spki' } : file).export({
      type: 'spki',
      format: 'der',
    })
  return { name, spki, sha256: sha256(spki) }
}

/** One that is verified with what another file of its folder has. */
export function sampleBeside(
  folder: string,
  file: string,
  beside: string,
  names: { readonly file?: string; readonly beside?: string } = {},
): Sample {
  const content = readFileSync(new URL(`${folder}/${beside}`, ROOT))
  const sample = sampleOf(`${folder}/${file}`)
  return { ...sample, name: names.file ?? sample.name, beside: { name: names.beside ?? beside, content } }
}

export function planOf({ content }: Sample, own?: Hands['own']): Plan {
  const bytes = memoryBytes(content)
  const anatomy = anatomyOf(bytes)
  if (!anatomy) throw new Error('no anatomy')
  return planTampering(bytes, anatomy, { keys: KEYS, own })
}

/** What the checks say of the file, or of a variant of it. */
export function seenOf({ name, content, trusted, beside }: Sample, variant?: Variant): TamperSeen {
  const file = variant ? Buffer.from(variant.rope.view(0, variant.rope.size)) : content
  const { evidence } = runChecks(
    CHECKS,
    artefactsOf([{ name, content: file }, ...(beside ? [beside] : [])]),
    { trusted, guesses: 0 },
  )
  return seenIn(evidence, [])
}

/** As `seenOf`, by a device that trusts the throw-away keys. */
export function seenByFriend(sample: Sample, variant: Variant): TamperSeen {
  return seenOf({ ...sample, trusted: KEYS.trusted() }, variant)
}

/** `what answer sight` of each variant. */
export function inShort(sample: Sample, plan: Plan = planOf(sample)): readonly string[] {
  return plan.variants.map((one) => `${one.what} ${one.answer} ${seenOf(sample, one).sight}`)
}
