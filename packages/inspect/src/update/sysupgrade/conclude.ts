import {
  ed25519Preamble,
  type PublicKey,
  readPublicKey,
  readSignifyKey,
  readSignifySignature,
  type SignifySignature,
  verifiesEd25519,
  verifiesEd25519Hash,
} from '@messlatte/bytes'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { type Package, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw } from '../package/finding.ts'
import { keptAt, type World, worldFor } from '../package/world.ts'
import type { ChainElement, SysupgradeFact } from './facts.ts'
import { HIDDEN } from './say.ts'
import { SYSUPGRADE } from './scheme.ts'

type Image = Fact<'update.sysupgrade'>
type Ed25519Key = PublicKey & { readonly type: 'ed25519' }

/** Where OpenWrt keeps the keys of its feeds and images. */
const KEYS = /(?:^|\/)etc\/opkg\/keys\/[^/]+$/
/** Keys with which an image is hashed: each has a hash of its own. */
const MOST_HASHED = 8

/** Digests of what comes before a place, as the frame answers them; undefined as long as it has not. */
type Ask = (algorithm: 'crc32' | 'sha512', length: number, before?: Uint8Array) => string | undefined

/** Reduce: verifies chains of certificates and the signature over the image. */
export function concludeSysupgrade(facts: Facts, out: ReduceOut, settings: Settings): void {
  const answers = new Map(facts.of('answer.digest').map(({ data }) => [data.ask, data.digests]))
  for (const image of facts.of('update.sysupgrade')) {
    const { path } = image.place
    const one = packageOf(
      image,
      keptAt(worldFor(path, facts, settings), (place) => KEYS.test(place.path)),
      (algorithm, length, before) => {
        const base64 = before && Buffer.from(before).toString('base64')
        const id = `sysupgrade ${path} ${algorithm} ${length} ${base64 ?? ''}`
        const more = base64 === undefined ? {} : { before: base64 }
        out.ask({ id, path, offset: 0, length, algorithms: [algorithm], ...more })
        return answers.get(id)?.[algorithm]
      },
    )
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', image.place, packageLink(one))
  }
}

function packageOf({ place, data }: Image, world: World, ask: Ask): Package {
  const { metadata, signature, sums } = data
  const hidden = signature?.isHidden ? [{ name: 'metadata' }] : []
  return {
    scheme: SYSUPGRADE,
    place,
    finding: signature && verify(signature, world, ask),
    otherwise: 'E1',
    differing: sums.flatMap(({ name, at, crc }) => {
      const found = ask('crc32', at)
      const isSame = found === undefined || ~Number.parseInt(found, 16) >>> 0 === crc
      return isSame ? [] : [{ name, crc32: crc, offset: at }]
    }),
    uncovered: hidden,
    gaps: hidden.map(({ name }) => ({ path: place.path, stage: 'update', name, why: HIDDEN })),
    covers: [
      {
        path: place.path,
        stage: 'update',
        name: 'image',
        offset: 0,
        length: signature?.at ?? sums[0]?.at ?? place.length,
      },
    ],
    rollback: [],
    description: {
      devices: [...(metadata?.devices ?? [])],
      newDevices: [...(metadata?.newDevices ?? [])],
      compatibility: metadata?.compatibility ?? null,
      version: { ...metadata?.version },
      certificates: (signature?.chain ?? []).flatMap(({ payload, type, validFrom, expires }) =>
        payload === undefined
          ? []
          : [{ type: type ?? null, validFrom: validFrom ?? null, expires: expires ?? null }],
      ),
      encrypted: false,
      rollback: 'none in this format',
      repeat: 'fwtool -i - IMAGE',
    },
  }
}

/** What one element of the chain needs a key for. */
interface Step {
  readonly signature: SignifySignature
  readonly payload: Buffer | undefined
  /** The key that the element before it vouches for; undefined for the first. */
  readonly by: Ed25519Key | undefined
  readonly element: ChainElement
}

/**
 * The key of the device verifies the first element, each certificate vouches for the key of the next one, and the last one
 * is over the image. OpenWrt, ucert.c, chain_verify.
 */
function verify(
  { at, chain, isHidden }: NonNullable<SysupgradeFact['signature']>,
  world: World,
  ask: Ask,
): Finding {
  if (isHidden) return { result: 'unknown', why: 'not-seen' }
  const steps = stepsOf(chain)
  const [root] = steps
  const last = steps.at(-1)
  if (!root || !last || last.payload) return { result: 'unknown', why: 'unreadable' }
  if (steps.some(({ element }) => element.payload !== undefined && element.type !== 1))
    return { result: 'unknown', why: 'unreadable' }
  let hashed = 0
  const holds = ({ signature, payload }: Step, key: PublicKey): boolean | undefined => {
    if (key.type !== 'ed25519') return false
    if (payload) return verifiesEd25519(key, payload, signature.signature)
    if (hashed++ >= MOST_HASHED) return undefined
    const raw = key.spki.subarray(-32)
    const hash = ask('sha512', at, ed25519Preamble(raw, signature.signature))
    return hash === undefined
      ? undefined
      : verifiesEd25519Hash(raw, signature.signature, Buffer.from(hash, 'hex'))
  }
  const later = steps.slice(1).map((step) => (step.by ? holds(step, step.by) : false))
  if (later.includes(false))
    return {
      result: 'fails',
      because: later.at(-1) === false ? 'content' : 'signature',
      observed: observed(steps),
    }
  if (later.includes(undefined)) return { result: 'unknown', why: 'missing' }
  return ofRoot(root, steps, world, holds)
}

/** Keys whose number is the one that the signature names; the user's own come without a number. */
function ofRoot(
  root: Step,
  steps: readonly Step[],
  world: World,
  holds: (step: Step, key: PublicKey) => boolean | undefined,
): Finding {
  const { id } = root.signature
  const keys = world.keys.filter((one) => one.id === id || one.id === undefined)
  let open = false
  const finding = verifyRaw(
    { ...world, keys },
    undefined,
    'pkcs1',
    (key) => {
      const result = holds(root, key)
      open ||= result === undefined
      return result
    },
    ({ type }) => type === 'ed25519',
  )
  if (finding.result === 'holds') return finding
  if (open) return { result: 'unknown', why: 'missing' }
  const named = keys.filter((one) => one.id === id && one.origin === 'earlier')
  if (named.length > 0) return { result: 'fails', because: 'signature', observed: observed(steps) }
  if (finding.result === 'fails') return finding
  // Whatever the device knows, the image is the one that the holder of the last key signed.
  const travelling = steps.at(-1)?.by
  return travelling
    ? verifyRaw(
        { ...world, keys: [{ key: travelling, origin: 'travelling', from: 'signature.ucert' }] },
        undefined,
        'pkcs1',
        ({ spkiSha256 }) => spkiSha256 === travelling.spkiSha256,
        ({ type }) => type === 'ed25519',
      )
    : finding
}

function stepsOf(chain: readonly ChainElement[]): readonly Step[] {
  let by: Ed25519Key | undefined
  const steps = chain.map((element): Step | undefined => {
    const signature = readSignifySignature(Buffer.from(element.signature, 'base64'))
    const payload = element.payload === undefined ? undefined : Buffer.from(element.payload, 'base64')
    const step = signature && { signature, payload, by, element }
    by = element.publicKey === undefined ? undefined : keyIn(element.publicKey)
    return step
  })
  return steps.includes(undefined) ? [] : steps.filter((step) => step !== undefined)
}

function keyIn(text: string): Ed25519Key | undefined {
  const file = readSignifyKey(Buffer.from(text, 'latin1'))
  const key = file && readPublicKey(file.spki)
  return key?.type === 'ed25519' ? key : undefined
}

function observed(steps: readonly Step[]) {
  return { keys: steps.map(({ signature }) => signature.id) }
}
