import type { KeyObject } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type Bytes, latin1, memoryBytes } from '@messlatte/bytes'
import { type ApkPart, apkParts, apkSignatures, isApk, parseApkV3 } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { digestOf } from '../signing/cms.ts'
import { signStretch } from '../signing/sign.ts'
import { olderVersion, otherName } from '../values.ts'
import { tarParts } from './tar.ts'

/** Parts that are packed again, in bytes packed and not. */
const MOST_PACKED = 64 * 1024 * 1024
const MOST_OPEN = 256 * 1024 * 1024
const DIGESTS = { RSA: 'sha1', RSA256: 'sha256', RSA512: 'sha512' } as const
const TITLES: Readonly<Record<ApkPart['name'], Part['title']>> = {
  'signature.tar': text('signature', 'Signatur'),
  'control.tar': text('control part', 'Steuerteil'),
  'index.tar': text('index', 'Index'),
  'data.tar': text('data', 'Daten'),
}

/** Packages and indexes of apk, version 2: gzip members, of which the first signs the second, which has the digest of the third. */
export function apkAnatomy(bytes: Bytes): Anatomy | undefined {
  if (bytes.size < 18 || !isApk(bytes, 0)) return undefined
  const { parts, dataHash } = apkParts(bytes, 0)
  const part = (name: ApkPart['name']) => parts.find((one) => one.name === name)
  const [signature, data] = [part('signature.tar'), part('data.tar')]
  const control = part('control.tar') ?? part('index.tar')
  if (!control) return undefined
  const cover = signature ? 'signed' : 'unsigned'
  return {
    format: 'apk',
    signed: signature ? 'yes' : 'no',
    parts: parts.map((one): Part => {
      const isData = one === data
      return {
        name: one.name.replace('.tar', ''),
        title: TITLES[one.name],
        at: one.at,
        length: one.end - one.at,
        cover: one === signature ? 'signature' : isData && dataHash === undefined ? 'unsigned' : cover,
        flipped: () => flippedIn(bytes, one),
      }
    }),
    forgeries: [
      ...(signature
        ? ([
            {
              kind: 'stripped-signature',
              title: DONE.strippedSignature,
              make: () => Rope.of(bytes).splice(signature.at, signature.end - signature.at),
            },
            {
              kind: 'foreign-key',
              title: DONE.foreignKey,
              make: (hands) => signedWith(Rope.of(bytes), 'foreign', hands),
            },
          ] satisfies readonly Forgery[])
        : []),
      ...(data && dataHash !== undefined ? [correctedDigests(bytes, data, dataHash)] : []),
      ...ofPackage(bytes),
    ],
    limits: [],
  }
}

function opened(bytes: Bytes, { at, end }: ApkPart): Buffer {
  if (end - at > MOST_PACKED) throw new NotMade(TOO_LARGE)
  const stored = Buffer.alloc(end - at)
  bytes.copy(at, stored)
  try {
    return gunzipSync(stored, { maxOutputLength: MOST_OPEN })
  } catch {
    throw new NotMade(TOO_LARGE)
  }
}

const TOO_LARGE = text(
  'The part is larger than what is packed again here (64 MiB packed, 256 MiB not), or damaged.',
  'Der Teil ist größer, als hier neu gepackt wird (64 MiB gepackt, 256 MiB ungepackt), oder beschädigt.',
)
const NO_PART = text('There is no such part.', 'Es gibt keinen solchen Teil.')

function put(rope: Rope, { at, end }: ApkPart, content: Uint8Array): Rope {
  return rope.splice(at, end - at, gzipSync(content))
}

/** A bit of its largest file. */
function flippedIn(bytes: Bytes, part: ApkPart): Rope {
  return put(Rope.of(bytes), part, withFlip(opened(bytes, part)))
}

function withFlip(content: Buffer): Buffer {
  const [largest] = [...tarParts(memoryBytes(content))].sort((a, b) => b.length - a.length)
  if (!largest || largest.length === 0) throw new NotMade(NO_PART)
  const at = largest.at + Math.floor(largest.length / 2)
  content[at] = (content[at] as number) ^ 1
  return content
}

/** The signatures anew, over the part behind them. */
function signedWith(rope: Rope, who: 'foreign' | 'own', hands: Hands): Rope {
  const { parts, end } = apkParts(rope, 0)
  const [signature, signed] = parts
  if (signature?.name !== 'signature.tar' || !signed) throw new NotMade(NO_PART)
  const content = opened(rope, signature)
  // Of an index all behind the signature is signed; of a package the control part.
  const length = (signed.name === 'index.tar' ? end : signed.end) - signed.at
  for (const { kind, signature: old } of apkSignatures(rope, signature)) {
    const digest = DIGESTS[kind as keyof typeof DIGESTS]
    const key: KeyObject | undefined =
      who === 'own' ? hands.own : hands.keys.keyFor('signer', { type: 'rsa', bits: old.length * 8 })
    const at = content.indexOf(old)
    if (!digest || !key || at < 0) throw new NotMade(NO_PART)
    const value = signStretch({ kind: 'rsa-pkcs1', digest }, key, rope, signed.at, length)
    if (value.length !== old.length) throw new NotMade(NO_PART)
    value.copy(content, at)
  }
  return put(rope, signature, content)
}

function correctedDigests(bytes: Bytes, data: ApkPart, dataHash: string): Forgery {
  return {
    kind: 'corrected-digests',
    title: both(
      text(
        'One bit is flipped in the data, and their SHA-256 in the control part is computed again.',
        'Ein Bit ist in den Daten gekippt, ihr SHA-256 im Steuerteil neu berechnet.',
      ),
      DONE.signatureKept,
    ),
    make() {
      const changed = put(Rope.of(bytes), data, withFlip(opened(bytes, data)))
      const found = digestOf(changed, 'sha256', data.at).toString('hex')
      return rewritten(changed, (said) => said.replace(dataHash, found))
    },
  }
}

/** The control part, or the index, with other texts of the same length. */
function rewritten(rope: Rope, change: (said: string) => string): Rope {
  const control = apkParts(rope, 0).parts.find(({ name }) => name === 'control.tar' || name === 'index.tar')
  if (!control) throw new NotMade(NO_PART)
  const said = opened(rope, control).toString('latin1')
  const changed = change(said)
  if (changed === said || changed.length !== said.length)
    throw new NotMade(text('It does not say that.', 'Das steht nicht darin.'))
  return put(rope, control, Buffer.from(changed, 'latin1'))
}

/** `pkgver = 1.0-r0` of a package, `V:1.0-r0` of an index; `arch = `, `A:`. */
function ofPackage(bytes: Bytes): readonly Forgery[] {
  const edited = (
    kind: 'older-version' | 'other-hardware',
    pattern: RegExp,
    other: (value: string) => string | undefined,
  ): Forgery => ({
    kind,
    title:
      kind === 'older-version'
        ? text('It says a lower version.', 'Als Version steht eine niedrigere.')
        : text('It says another architecture.', 'Als Architektur steht eine andere.'),
    make(hands) {
      const rope = rewritten(Rope.of(bytes), (said) =>
        said.replace(pattern, (_, start: string, value: string) => start + (other(value) ?? value)),
      )
      return hands.own ? signedWith(rope, 'own', hands) : rope
    },
  })
  return [
    edited('older-version', /^(pkgver = |V:)([^\n\0]+)/gm, olderVersion),
    edited('other-hardware', /^(arch = |A:)([^\n\0]+)/gm, otherName),
  ]
}

/** Version 3: a tree of objects, signatures over its digest, and blocks of data whose digests are in the tree. */
export function apkV3Anatomy(bytes: Bytes): Anatomy | undefined {
  if (bytes.size < 16 || latin1(bytes.view(0, 4)) !== 'ADB.') return undefined
  const found = parseApkV3(bytes, 0)
  if (!found || found.cut) return undefined
  const { tree, signatures, dataAt } = found
  const cover = signatures.length > 0 ? 'signed' : 'unsigned'
  const parts: readonly Part[] = [
    { name: 'tree', title: text('tree of objects', 'Objektbaum'), at: tree.at, length: tree.length, cover },
    ...signatures.map(
      ({ at, length }, index): Part => ({
        name: index === 0 ? 'signature' : `signature-${index + 1}`,
        title: text('signature', 'Signatur'),
        at,
        length,
        cover: 'signature',
        flipAt: length - 8,
      }),
    ),
    { name: 'data', title: text('data', 'Daten'), at: dataAt, length: bytes.size - dataAt, cover },
  ]
  return {
    format: 'apk-v3',
    signed: signatures.length > 0 ? 'yes' : 'no',
    parts: parts.filter(({ length }) => length > 0),
    forgeries: [],
    limits: [
      text(
        'Packages of version 3 are not signed again here: no foreign key, other version or architecture is tried.',
        'Pakete der Version 3 werden hier nicht neu signiert: Fremder Schlüssel, andere Version und Architektur sind nicht versucht.',
      ),
    ],
  }
}
