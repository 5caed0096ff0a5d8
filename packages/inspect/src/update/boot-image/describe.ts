import type { Json } from '@messlatte/model'
import type { FactKind, Facts } from '../../contract.ts'
import '../../secure-boot/esp/facts.ts'
import '../../secure-boot/mcuboot/facts.ts'
import '../../secure-boot/nordic/facts.ts'
import '../../secure-boot/silabs/facts.ts'
import '../../secure-boot/uefi-capsule/facts.ts'

type Observed = { readonly [key: string]: Json }

/** Facts that `describeImage` reads. */
export const DESCRIBED = [
  'boot.esp.image',
  'boot.esp.table',
  'boot.mcuboot.image',
  'boot.nordic.firmware',
  'boot.nordic.packet',
  'boot.silabs.file',
  'boot.uefi.capsule',
] as const satisfies readonly FactKind[]

/** For which hardware an image is, and its version, as the facts of secure boot have it; null where it says nothing. */
export function describeImage(holder: string, facts: Facts): Observed {
  const at = <Kind extends FactKind>(kind: Kind) =>
    facts.of(kind).find(({ place }) => place.path === holder)?.data
  const mcuboot = at('boot.mcuboot.image')
  if (mcuboot) {
    const { version, dependencies, tlvs, bootable, compressed } = mcuboot
    const uuids = tlvs.filter(({ name }) => /uuid/i.test(name)).map(({ name }) => name)
    return {
      version,
      hardware: uuids.length > 0 ? uuids : null,
      after: dependencies.map(({ image, version: least }) => `image ${image} from ${least}`),
      bootable,
      compressed,
    }
  }
  const esp = at('boot.esp.image')
  if (esp)
    return {
      version: esp.version,
      hardware: esp.chip ?? esp.family,
      project: esp.project,
      idf: esp.idfVersion,
    }
  const nordic = at('boot.nordic.packet')
  if (nordic)
    return {
      version: nordic.firmwareVersion ?? null,
      hardware: nordic.hardwareVersion ?? null,
      softdevices: [...nordic.softdevices],
      debug: nordic.isDebug,
    }
  const silabs = at('boot.silabs.file')
  if (silabs) return { version: silabs.version ?? null, hardware: null, tags: [...silabs.tags] }
  const capsule = at('boot.uefi.capsule')
  if (capsule)
    return {
      version: capsule.version?.version ?? null,
      lowestVersion: capsule.version?.lowestVersion ?? null,
      hardware: capsule.type,
    }
  return {}
}
