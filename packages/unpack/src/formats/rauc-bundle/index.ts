import type { Bytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat, Sink } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { type BundleContents, contentsOf, decryptPayload } from './contents.ts'
import { endsAsBundle, parseRaucBundle, type RaucBundle } from './parse.ts'
import { verityTree } from './verity.ts'

const PAYLOAD = 'payload.squashfs'
const TREE = 'verity-tree.bin'

export const raucBundle: ContainerFormat<null> = {
  kind: 'container',
  name: 'rauc-bundle',
  title: 'RAUC bundle (plain, verity, crypt)',
  references: ['RAUC documentation, Reference, "Bundle Formats"', 'RFC 5652, RFC 5753', 'RAUC, src/crypt.c'],
  limits: [
    'envelopes are opened for recipients with RSA keys and with keys on P-256, P-384 and P-521',
    'encrypted bundles are found where they take a whole stretch only',
    'a bundle that is cut off is not recognised: its signature comes last',
  ],
  magic: [{ bytes: 'hsqs', at: 0 }],
  carve: true,

  /** What is encrypted has no magic. */
  *candidates(bytes, { start, end }) {
    if (endsAsBundle(bytes, start, end)) yield start
  },

  recognise(bytes, at) {
    const bundle = parseRaucBundle(bytes, at)
    return bundle && { start: at, end: bundle.end }
  },

  *open(_bytes, region): Generator<Batch<null>> {
    yield { cost: region.end - region.start, entries: 4, plan: null }
  },

  read(bytes, region, _plan, sink) {
    const bundle = parseRaucBundle(bytes, region.start) as RaucBundle
    const contents = contentsOf(bytes, bundle, sink.keys)
    if (contents.isEncrypted) showEncrypted(bytes, bundle, contents, sink)
    else showPlain(bundle, contents, sink)
    compareTree(bytes, bundle, contents, sink.problem)
    showSignature(bundle, contents, sink)
  },
}

function showPlain(
  { payload }: RaucBundle,
  { dataLength = payload.length }: BundleContents,
  sink: Sink,
): void {
  sink.slice(wrapped(PAYLOAD), payload.at, dataLength)
  showTree(payload, dataLength, sink)
}

function showEncrypted(bytes: Bytes, { payload }: RaucBundle, contents: BundleContents, sink: Sink): void {
  const { key, dataLength } = contents
  if (!key || dataLength === undefined) {
    const path = 'payload.encrypted'
    sink.problem('unsupported', 'it is encrypted, and no key fits', path)
    sink.slice(wrapped(path), payload.at, payload.length)
    return
  }
  sink.file(wrapped(PAYLOAD), dataLength, (out) => decryptPayload(bytes, payload.at, key, out))
  showTree(payload, dataLength, sink)
}

function showTree({ at, length }: RaucBundle['payload'], dataLength: number, sink: Sink): void {
  if (dataLength < length) sink.slice(wrapped(TREE), at + dataLength, length - dataLength)
}

/** The tree is one of the payload as it is stored, encrypted or not. */
function compareTree(
  bytes: Bytes,
  { payload }: RaucBundle,
  { settings, dataLength }: BundleContents,
  problem: Sink['problem'],
): void {
  if (settings?.verityHash === undefined || dataLength === undefined) return
  const salt = Buffer.from(settings.veritySalt ?? '', 'hex')
  const { tree, root } = verityTree(bytes, { at: payload.at, length: dataLength }, salt)
  if (root !== settings.verityHash)
    problem('checksum', 'the dm-verity root hash of the signed manifest differs', PAYLOAD)
  const stored = { at: payload.at + dataLength, length: payload.length - dataLength }
  if (stored.length !== tree.length || !sameBytes(bytes, stored.at, tree))
    problem('checksum', 'the hash tree is not the one of the payload', TREE)
}

function sameBytes(bytes: Bytes, at: number, expected: Uint8Array): boolean {
  for (let done = 0; done < expected.length; done += 65_536) {
    const part = expected.subarray(done, done + 65_536)
    if (Buffer.compare(bytes.view(at + done, part.length), part) !== 0) return false
  }
  return true
}

function showSignature({ signature }: RaucBundle, { manifest, opened }: BundleContents, sink: Sink): void {
  if (manifest) sink.file(wrapped('manifest.raucm'), manifest.length, (out) => out.set(manifest))
  sink.slice(wrapped('signature.cms'), signature.at, signature.length)
  if (opened) sink.file(wrapped('signature-opened.cms'), opened.length, (out) => out.set(opened))
}
