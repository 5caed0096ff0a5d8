import type { Json, SignatureLevel } from '@messlatte/model'
import type { Fact, Facts, ReduceOut } from '../../contract.ts'
import { knownKey } from '../../known-keys/index.ts'
import '../../secure-boot/nordic/facts.ts'
import { type Package, packageEvidence } from '../package/evidence.ts'
import type { Finding } from '../package/finding.ts'
import { deliveredFile } from './delivered.ts'
import { describeImage } from './describe.ts'
import { BOOT_IMAGES, type BootImage, isBootImage } from './scheme.ts'

type Link = Fact<'chain.link'>

/** Of several signatures on one image one is enough. */
const ORDER: readonly SignatureLevel[] = ['E6', 'E5', 'E4', 'EX', 'E3', 'E2', 'E1', 'E0']

/** Reduce: what the checks of secure boot found out about an image, said of the update that it is. */
export function concludeBootImages(facts: Facts, out: ReduceOut): void {
  for (const link of updatesIn(facts)) {
    const { scheme } = link.data
    if (isBootImage(scheme))
      for (const draft of packageEvidence(packageOf(link, scheme, facts))) out.evidence(draft)
  }
}

/** One link for each image that is delivered: the best of its signatures. */
function updatesIn(facts: Facts): readonly Link[] {
  const tables = new Set(facts.of('boot.esp.table').flatMap(({ place }) => fileOf(place.path)))
  const images = facts.of('chain.link').filter(({ data }) => isBootImage(data.scheme))
  const holders = new Map<string, Set<string>>()
  for (const { data } of images) {
    const file = fileOf(data.holder)
    holders.set(file, (holders.get(file) ?? new Set()).add(data.holder))
  }
  const best = new Map<string, Link>()
  for (const link of images) {
    const { holder, covers, scheme, level } = link.data
    const file = deliveredFile(holder)
    // What is verified of a GBL file's application at each start is another matter than its update.
    const isUpdate = scheme !== 'gbl' || covers[0]?.stage === 'update'
    if (file === undefined || !isUpdate || tables.has(file) || (holders.get(file)?.size ?? 0) > 1) continue
    const key = JSON.stringify([holder, covers.map(({ path, offset }) => [path, offset])])
    const known = best.get(key)
    if (!known || ORDER.indexOf(level) < ORDER.indexOf(known.data.level)) best.set(key, link)
  }
  return [...best.values()]
}

/** The file in which a region lies, or the path itself. */
function fileOf(path: string): string {
  const step = path.search(/@0x[0-9a-f]+:[a-z0-9-]+$/)
  return step < 0 ? path : path.slice(0, step)
}

function packageOf({ place, data }: Link, scheme: BootImage, facts: Facts): Package {
  const isEncrypted = data.covers.some(({ encrypted }) => encrypted)
  return {
    scheme: { ...BOOT_IMAGES[scheme], repeat: data.repeat },
    place,
    finding: findingOf(data, isEncrypted),
    otherwise: data.level === 'E1' || data.level === 'E2' ? data.level : 'E0',
    // ESP images are fetched from a server that is authenticated, as the platform's own client does it.
    unsigned: scheme === 'esp-image' ? 'low' : 'medium',
    differing: scheme === 'nordic-dfu' ? differingFirmware(data, facts) : [],
    uncovered: data.gaps.map(({ name }) => ({ name })),
    gaps: data.gaps,
    ...(data.hash && data.hash !== 'crc32' ? { contentDigest: data.hash } : {}),
    covers: data.covers,
    rollback: data.rollback,
    description: {
      format: scheme,
      covered: data.covers.map(({ name }) => name),
      encrypted: isEncrypted,
      rollback: data.rollback.map(({ name, value, signed }) => ({ name, value: value ?? null, signed })),
      ...describeImage(data.holder, facts),
      repeat: data.repeat,
    },
  }
}

function findingOf({ level, signature, anchors }: Link['data'], isEncrypted: boolean): Finding | undefined {
  const observed: Json = {
    anchors: anchors.map(({ name, lies, fingerprints }) => ({
      name,
      lies: lies.in,
      fingerprint: fingerprints[0]?.value ?? null,
    })),
  }
  switch (level) {
    case 'E4':
    case 'E5':
    case 'E6':
      return {
        result: 'holds',
        level,
        anchors,
        signature: signature ?? { type: 'other', name: 'unknown' },
        digest: undefined,
        sure: level === 'E6' || anchors.some(({ lies }) => lies.in === 'release'),
        known: anchors.flatMap(({ everybody, fingerprints }) =>
          everybody === undefined ? [] : (knownKey(fingerprints[0]?.value ?? '') ?? []),
        ),
        leaked: anchors.some(({ leaked }) => leaked),
        problems: [],
        observed,
      }
    case 'EX':
      return { result: 'fails', because: 'key', observed }
    case 'E3':
      return { result: 'unknown', why: isEncrypted && !signature ? 'encrypted' : 'no-key' }
    case 'E0':
    case 'E1':
    case 'E2':
      return undefined
  }
}

/** The init packet has the firmware's digest, and is what is signed. */
function differingFirmware({ holder, covers }: Link['data'], facts: Facts): Package['differing'] {
  const packet = facts.of('boot.nordic.packet').find(({ place }) => place.path === holder)
  const firmware = facts.of('boot.nordic.firmware').find(({ place }) => place.path === covers[0]?.path)
  const isSame = !packet || !firmware || packet.data.hash === firmware.place.sha256
  return isSame
    ? []
    : [{ name: covers[0]?.name ?? '', sha256: packet.data.hash, found: firmware.place.sha256 }]
}
