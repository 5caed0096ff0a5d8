import { type Bytes, Reader } from '@messlatte/bytes'
import type { Tag } from '../silabs-tags.ts'

const APPLICATION = 0xf40a0af4
const BOOT_LOADER = 0xf50909f5
const SECURE_ELEMENT = 0x5ea617eb
const DEPENDENCY = 0x76a617eb
/** Sizes in bytes. */
const APPLICATION_LENGTH = 28
const VERSION_LENGTH = 8
const STATEMENT = 8
const MOST_STATEMENTS = 64
const IMAGES: Readonly<Record<number, string>> = { 1: 'application', 2: 'boot loader', 3: 'secure element' }

/** What tags say of versions (UG103.6, and btl_gbl_format.h of the SDK). */
export function versionsOf(bytes: Bytes, tags: readonly Tag[]): object {
  const inside = tags.filter(({ at, length }) => at + length <= bytes.size)
  const reader = (id: number, least: number): Reader | undefined => {
    const tag = inside.find((one) => one.id === id && one.length >= least)
    return tag && new Reader(bytes.view(tag.at, least), 'little')
  }
  const application = reader(APPLICATION, APPLICATION_LENGTH)
  const bootLoader = reader(BOOT_LOADER, VERSION_LENGTH)
  const secureElement = reader(SECURE_ELEMENT, VERSION_LENGTH)
  const dependency = inside.find(({ id }) => id === DEPENDENCY)
  return {
    application: application && {
      type: application.u32(),
      version: application.u32(),
      capabilities: application.u32(),
      productId: Buffer.from(application.take(16)).toString('hex'),
    },
    bootLoader: bootLoader && { version: bootLoaderVersion(bootLoader.u32()) },
    secureElement: secureElement && { size: secureElement.u32(), version: secureElement.u32() },
    dependencies: dependency && statementsOf(bytes, dependency),
  }
}

function bootLoaderVersion(version: number): string {
  return `${version >>> 24}.${(version >>> 16) & 0xff}.${version & 0xffff}`
}

/** Each compares the version of an image that is there with a number; how, and how that goes with the next one, is left as it is. */
function statementsOf(bytes: Bytes, { at, length }: Tag): readonly object[] {
  const count = Math.min(Math.floor(length / STATEMENT), MOST_STATEMENTS)
  const reader = new Reader(bytes.view(at, count * STATEMENT), 'little')
  return Array.from({ length: count }, () => {
    const [image, operator] = [reader.u8(), reader.u8()]
    reader.skip(2)
    return { image: IMAGES[image] ?? image, operator, version: reader.u32() }
  })
}
