import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Bytes, BytesError, DER_SEQUENCE, latin1, memoryBytes, verifiesPss } from '@messlatte/bytes'
import {
  cpioSum,
  type DescribedFile,
  describedFiles,
  FormatError,
  parseSettings,
  walkCpio,
} from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { digestOf, resignCms, valueInCms } from '../signing/cms.ts'
import { signStretch } from '../signing/sign.ts'
import { olderVersion, otherName } from '../values.ts'
import { slugsOf } from './slugs.ts'

const DESCRIPTION = 'sw-description'
const SIGNATURE = 'sw-description.sig'
const MOST_MEMBERS = 2000
const MOST_DESCRIPTION = 4 * 1024 * 1024
const MOST_SIGNATURE = 64 * 1024
/** Of the header of cpio's newc and crc: the size and the sum of the content, in hex. */
const FIELD = { size: 54, sum: 102, digits: 8 } as const

interface Member {
  readonly name: string
  readonly headerAt: number
  readonly at: number
  readonly length: number
  readonly end: number
  readonly sum: number | undefined
  readonly isOctal: boolean
}

/** Images of SWUpdate: a cpio archive whose first member is the description. */
export function swuAnatomy(bytes: Bytes): Anatomy | undefined {
  const members = membersOf(bytes)
  const [description] = members
  if (description?.name !== DESCRIPTION || description.length > MOST_DESCRIPTION) return undefined
  const stored = Buffer.from(bytes.view(description.at, description.length))
  const settings = filesIn(stored.toString('utf8'))
  const isSigned = members.some(({ name }) => name === SIGNATURE)
  return {
    format: 'swupdate',
    signed: isSigned ? 'yes' : 'no',
    parts: partsOf(bytes, members, settings, isSigned),
    sums: {
      title: text('sums of the cpio archive', 'Summen des cpio-Archivs'),
      mend: mendSums,
    },
    forgeries: [
      ...(isSigned ? signatureForgeries(bytes, members, stored) : []),
      ...contentForgeries(bytes, stored, settings, isSigned),
    ],
    limits: settings
      ? []
      : [
          text(
            'The description is encrypted or of a parser of its own: which files it names is not known here.',
            'Die Beschreibung ist verschlüsselt oder für einen eigenen Parser: Welche Dateien sie nennt, ist hier nicht bekannt.',
          ),
        ],
  }
}

function membersOf(bytes: Bytes): readonly Member[] {
  const members: Member[] = []
  let headerAt = 0
  for (const { name, contentAt, size, end, sum, variant } of walkCpio(bytes, 0)) {
    if (members.length >= MOST_MEMBERS || contentAt + size > bytes.size) break
    members.push({ name, headerAt, at: contentAt, length: size, end, sum, isOctal: variant === 'odc' })
    headerAt = end
  }
  return members
}

function filesIn(description: string): readonly DescribedFile[] | undefined {
  try {
    return describedFiles(parseSettings(description))
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}

function partsOf(
  bytes: Bytes,
  members: readonly Member[],
  files: readonly DescribedFile[] | undefined,
  isSigned: boolean,
): readonly Part[] {
  const slugs = slugsOf(members.map(({ name }) => name))
  const seen = members.filter(({ length }) => length > 0)
  return seen.map((member): Part => {
    const { name, at, length } = member
    const slug = slugs[members.indexOf(member)] as string
    if (name === SIGNATURE) {
      const flipAt = length <= MOST_SIGNATURE ? valueInCms(bytes.view(at, length)) : undefined
      return {
        name: slug,
        title: text('signature of the description', 'Signatur der Beschreibung'),
        at,
        length,
        cover: 'signature',
        ...(flipAt === undefined ? {} : { flipAt }),
      }
    }
    const described = files?.filter(({ filename }) => filename === name)
    const isCovered = name === DESCRIPTION || described?.some(({ sha256 }) => sha256 !== undefined)
    const isUnused = name !== DESCRIPTION && described?.length === 0
    return {
      name: slug,
      title: text(name, name),
      at,
      length,
      cover: !files && name !== DESCRIPTION ? 'unknown' : isSigned && isCovered ? 'signed' : 'unsigned',
      ...(isUnused ? { used: false } : {}),
    }
  })
}

/** The sums of members of the variant `crc`; the archive itself when they are in order. */
function mendSums(changed: Rope): Rope {
  let mended = changed
  for (const { headerAt, at, length, sum } of membersOf(changed)) {
    if (sum === undefined) continue
    const found = cpioSum(changed, at, length)
    if (found !== sum) mended = mended.write(headerAt + FIELD.sum, digits(found))
  }
  return mended
}

function digits(value: number): Buffer {
  return Buffer.from(value.toString(16).padStart(FIELD.digits, '0'))
}

function signatureForgeries(
  bytes: Bytes,
  members: readonly Member[],
  description: Buffer,
): readonly Forgery[] {
  const signature = members.find(({ name }) => name === SIGNATURE) as Member
  return [
    {
      kind: 'stripped-signature',
      title: DONE.strippedSignature,
      make: () => Rope.of(bytes).splice(signature.headerAt, signature.end - signature.headerAt),
    },
    {
      kind: 'stripped-signature',
      variant: 'empty',
      title: text('The signature is there, and has no bytes.', 'Die Signatur ist da und hat keine Bytes.'),
      make: () => replace(Rope.of(bytes), signature, Buffer.alloc(0)),
    },
    ...(isBareRsa(signature) ? (['pkcs1', 'pss'] as const) : [undefined]).map(
      (padding): Forgery => ({
        kind: 'foreign-key',
        ...(padding ? { variant: padding } : {}),
        title: padding ? both(DONE.foreignKey, PADDING[padding]) : DONE.foreignKey,
        make: (hands) =>
          replace(
            Rope.of(bytes),
            signature,
            resign(bytes, signature, description, 'foreign', hands, padding),
          ),
      }),
    ),
  ]
}

function isBareRsa({ length }: Member): boolean {
  return length >= 128 && length <= 1024 && length % 64 === 0
}

function rsaOf({ length }: Member) {
  return { type: 'rsa', bits: length * 8 } as const
}

/** Which of the two a device is set up for is told by no field. */
const PADDING = {
  pkcs1: text('The padding is that of PKCS #1 v1.5.', 'Die Auffüllung ist die von PKCS #1 v1.5.'),
  pss: text('The padding is PSS.', 'Die Auffüllung ist PSS.'),
} as const

const SCHEMES = {
  pkcs1: { kind: 'rsa-pkcs1', digest: 'sha256' },
  pss: { kind: 'rsa-pss', digest: 'sha256', mask: 'sha256', salt: 32 },
} as const

/** A signature of the same kind over a description, with a throw-away key or with the maker's own. */
function resign(
  bytes: Bytes,
  signature: Member,
  description: Uint8Array,
  who: 'foreign' | 'own',
  hands: Hands,
  padding?: keyof typeof SCHEMES,
): Buffer {
  if (signature.length > MOST_SIGNATURE) throw new NotMade(OTHER_SIGNATURE)
  const stored = bytes.view(signature.at, signature.length)
  const message = memoryBytes(description)
  if (stored[0] === DER_SEQUENCE) return resignCms(stored, { beside: message }, who, hands)
  if (!isBareRsa(signature)) throw new NotMade(OTHER_SIGNATURE)
  const key = who === 'own' ? hands.own : hands.keys.keyFor('signer', rsaOf(signature))
  if (key?.asymmetricKeyType !== 'rsa') throw new NotMade(OTHER_SIGNATURE)
  return signStretch(SCHEMES[padding ?? paddingOf(key, stored, bytes)], key, message)
}

/** As the genuine signature has it, which the maker's own key verifies. */
function paddingOf(key: KeyObject, signature: Uint8Array, bytes: Bytes): keyof typeof SCHEMES {
  const original = membersOf(bytes).find(({ name }) => name === DESCRIPTION) as Member
  const digest = digestOf(bytes, 'sha256', original.at, original.length)
  return verifiesPss(createPublicKey(key), signature, digest, { hash: 'sha256', salt: 'any' })
    ? 'pss'
    : 'pkcs1'
}

const OTHER_SIGNATURE = text(
  'The signature is neither CMS nor bare RSA.',
  'Die Signatur ist weder CMS noch reines RSA.',
)

function contentForgeries(
  bytes: Bytes,
  description: Buffer,
  files: readonly DescribedFile[] | undefined,
  isSigned: boolean,
): readonly Forgery[] {
  if (!files) return []
  const rewritten = (change: (description: string) => string | undefined, hands: Hands): Rope => {
    const changed = change(description.toString('latin1'))
    if (changed === undefined) throw new NotMade(NOT_FOUND)
    const content = Buffer.from(changed, 'latin1')
    const rope = replaceNamed(Rope.of(bytes), DESCRIPTION, content)
    const [old, moved] = [bytes, rope].map((one) => membersOf(one).find(({ name }) => name === SIGNATURE))
    return hands.own && old && moved ? replace(rope, moved, resign(bytes, old, content, 'own', hands)) : rope
  }
  return [
    ...correctedDigests(bytes, description, files, isSigned),
    edited(
      'older-version',
      /(\bversion\s*=\s*")([^"]*)(")/,
      description,
      olderVersion,
      DONE.olderVersion,
      rewritten,
    ),
    edited(
      'other-hardware',
      /(\bhardware-compatibility\s*[:=]\s*[[(])([^\])]*)([\])])/,
      description,
      (list) => list.replace(/"([^"]*)"/g, (_, name: string) => `"${otherName(name)}"`),
      (from, to) => DONE.otherHardware(from.trim(), to.trim()),
      rewritten,
    ),
  ].flatMap((one) => one ?? [])
}

function edited(
  kind: 'older-version' | 'other-hardware',
  pattern: RegExp,
  description: Buffer,
  other: (value: string) => string | undefined,
  say: (from: string, to: string) => Forgery['title'],
  rewritten: (change: (description: string) => string | undefined, hands: Hands) => Rope,
): Forgery | undefined {
  const found = pattern.exec(description.toString('latin1'))
  const [, before = '', value = '', after = ''] = found ?? []
  const changed = found ? other(value) : undefined
  if (changed === undefined) return undefined
  return {
    kind,
    title: say(value, changed),
    make: (hands) => rewritten((text) => text.replace(pattern, () => before + changed + after), hands),
  }
}

/** The largest file that has a digest is changed, and its digest in the description put right. */
function correctedDigests(
  bytes: Bytes,
  description: Buffer,
  files: readonly DescribedFile[],
  isSigned: boolean,
): readonly Forgery[] {
  const digestOfFile = (name: string) =>
    files.find(({ filename, sha256 }) => filename === name && sha256)?.sha256
  const [largest] = membersOf(bytes)
    .filter(({ name, length }) => length > 0 && digestOfFile(name))
    .sort((a, b) => b.length - a.length)
  const sha256 = largest && digestOfFile(largest.name)
  if (!largest || !sha256) return []
  return [
    {
      kind: 'corrected-digests',
      title: both(
        text(
          `One bit is flipped in ${largest.name}, and its SHA-256 in the description is computed again.`,
          `Ein Bit ist in ${largest.name} gekippt, sein SHA-256 in der Beschreibung neu berechnet.`,
        ),
        isSigned
          ? text(
              'The signature over the description is left as it was.',
              'Die Signatur über der Beschreibung ist wie zuvor.',
            )
          : text('Nothing is signed.', 'Nichts ist signiert.'),
      ),
      make() {
        const flipped = Rope.of(bytes).flip(largest.at + Math.floor(largest.length / 2))
        const found = digestOf(flipped, 'sha256', largest.at, largest.length).toString('hex')
        const changed = description.toString('latin1').replaceAll(new RegExp(sha256, 'gi'), found)
        return replaceNamed(flipped, DESCRIPTION, Buffer.from(changed, 'latin1'))
      },
    },
  ]
}

function replaceNamed(rope: Rope, name: string, content: Uint8Array): Rope {
  const member = membersOf(rope).find((one) => one.name === name)
  if (!member) throw new NotMade(NOT_FOUND)
  return replace(rope, member, content)
}

/** A member with other content, of which the sum is still to be mended; what follows moves. */
function replace(rope: Rope, { headerAt, at, length, end, isOctal }: Member, content: Uint8Array): Rope {
  if (length === content.length) return rope.write(at, content)
  if (isOctal || !/^07070[12]$/.test(latin1(rope.view(headerAt, 6)))) throw new NotMade(OLD_ARCHIVE)
  const padding = Buffer.alloc((4 - (content.length % 4)) % 4)
  const replaced = rope.splice(at, end - at, Buffer.concat([content, padding]))
  return replaced.write(headerAt + FIELD.size, digits(content.length))
}

const NOT_FOUND = text('The description does not say it.', 'Die Beschreibung sagt es nicht.')
const OLD_ARCHIVE = text(
  'The archive is of the old kind of cpio, in which members are not made longer or shorter here.',
  'Das Archiv ist von der alten Art von cpio, in der Dateien hier nicht verlängert oder gekürzt werden.',
)
