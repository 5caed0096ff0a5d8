import {
  type PublicKey,
  readPublicKey,
  readSignifyKey,
  readSignifySignature,
  type SignifySignature,
  verifiesEd25519,
} from '@messlatte/bytes'
import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { digestAsks } from '../package/asks.ts'
import { type LinkedPackage, packageEvidence, packageLink } from '../package/evidence.ts'
import { type Finding, verifyRaw } from '../package/finding.ts'
import { signifyHolds, verifySignify } from '../package/signify.ts'
import { keptAt, type World, worldFor } from '../package/world.ts'
import type { ChainElement, SysupgradeFact } from './facts.ts'
import { HIDDEN } from './say.ts'
import { SYSUPGRADE } from './scheme.ts'

type Image = Fact<'update.sysupgrade'>
type Ed25519Key = PublicKey & { readonly type: 'ed25519' }

/** Where OpenWrt keeps the keys of its feeds and images. */
const KEYS = /(?:^|\/)etc\/opkg\/keys\/[^/]+$/

/** Digests of what comes before a place; undefined as long as they are not known. */
type Ask = (algorithm: 'crc32' | 'sha512', length: number, before?: Uint8Array) => string | undefined

/** Reduce: verifies chains of certificates and the signature over the image. */
export function concludeSysupgrade(facts: Facts, out: ReduceOut, settings: Settings): void {
  const digestOf = digestAsks(facts, out)
  for (const image of facts.of('update.sysupgrade')) {
    const { path } = image.place
    const world = keptAt(worldFor(path, facts, settings), (place) => KEYS.test(place.path))
    const one = packageOf(image, world, (algorithm, length, before) =>
      digestOf(algorithm, { path, offset: 0, length, ...(before ? { before } : {}) }),
    )
    for (const draft of packageEvidence(one)) out.evidence(draft)
    out.fact('chain.link', image.place, packageLink(one))
  }
}

function packageOf({ place, data }: Image, world: World, ask: Ask): LinkedPackage {
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
  const holds = ({ signature, payload }: Step, key: PublicKey): boolean | undefined =>
    payload
      ? key.type === 'ed25519' && verifiesEd25519(key, payload, signature.signature)
      : signifyHolds(signature, key, (before) => ask('sha512', at, before))
  const later = steps.slice(1).map((step) => (step.by ? holds(step, step.by) : false))
  if (later.includes(false))
    return {
      result: 'fails',
      because: later.at(-1) === false ? 'content' : 'signature',
      observed: observed(steps),
    }
  if (later.includes(undefined)) return { result: 'unknown', why: 'missing' }
  const finding = verifySignify(root.signature.id, world, (key) => holds(root, key))
  const { by } = last
  if (finding.result !== 'unknown' || finding.why !== 'no-key' || !by) return finding
  // Whatever the device knows, the image is the one that the holder of the last key signed.
  const travelling = [{ key: by, origin: 'travelling', from: 'signature.ucert' }] as const
  return verifyRaw(
    { ...world, keys: travelling },
    undefined,
    'pkcs1',
    ({ spkiSha256 }) => spkiSha256 === by.spkiSha256,
    ({ type }) => type === 'ed25519',
  )
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
