import { readdirSync } from 'node:fs'
import type { Check, EvidenceDraft, Settings } from '../../contract.ts'
import { privateKeysCheck } from '../../credentials/private-keys/index.ts'
import { runChecks } from '../../testing.ts'
import { ahabCheck } from '../ahab/index.ts'
import { avbCheck } from '../avb/index.ts'
import { runFixture as runEsp } from '../esp/testing.ts'
import { fipCheck } from '../fip/index.ts'
import { runFixture as runFit } from '../fit/testing.ts'
import { fsVerityCheck } from '../fs-verity/index.ts'
import { habCheck } from '../hab/index.ts'
import { linuxCommandLineCheck } from '../linux-command-line/index.ts'
import { releaseOf as integrityOf, run as runIntegrity } from '../linux-integrity/testing.ts'
import { linuxModulesCheck } from '../linux-modules/index.ts'
import { releaseOf as modulesOf, run as runModules } from '../linux-modules/testing.ts'
import { runFixture as runMcuboot } from '../mcuboot/testing.ts'
import { nordicCheck } from '../nordic/index.ts'
import { nxpMbiCheck } from '../nxp-mbi/index.ts'
import { opteeCheck } from '../optee/index.ts'
import { type Cases, checkCase, KINDS } from '../outcome/testing.ts'
import { artefactsOf, readCase } from '../partitions/testing.ts'
import { run as runRaspberryPi } from '../raspberry-pi/testing.ts'
import { rockchipCheck } from '../rockchip/index.ts'
import { silabsCheck } from '../silabs/index.ts'
import { stm32Check } from '../stm32/index.ts'
import { sunxiCheck } from '../sunxi/index.ts'
import { tiK3Check } from '../ti-k3/index.ts'
import { run as runUefi, releaseOf as uefiOf } from '../uefi/testing.ts'
import { releaseOf as capsuleOf, run as runCapsule } from '../uefi-capsule/testing.ts'
import { verityCheck } from '../verity/index.ts'

/** What the check of a scheme states of a case in its `fixtures/`; the settings come in place of what the case trusts. */
export type RunCase = (name: string, more?: Partial<Settings>) => readonly EvidenceDraft[]

const byWalk =
  (folder: string, checks: readonly Check[]): RunCase =>
  (name, more = {}) => {
    const { files, settings } = readCase(new URL(`../${folder}/fixtures/${name}/`, import.meta.url))
    return runChecks([privateKeysCheck, ...checks], artefactsOf(files), { ...settings, ...more }).evidence
  }

const byCases = (folder: string, check: Check, more: Omit<Cases, 'check' | 'fixtures'> = {}): RunCase => {
  const fixtures = new URL(`../${folder}/fixtures/`, import.meta.url)
  return (name, settings = {}) => checkCase({ check, fixtures, ...more }, name, settings)
}

/** The schemes, by the folders of their checks, in the order of the reports. */
export const SCHEMES = {
  fit: (name, more) => runFit(name, more).evidence,
  esp: (name, more) => runEsp(name, more).evidence,
  mcuboot: (name, more) => runMcuboot(name, more).evidence,
  avb: byWalk('avb', [avbCheck]),
  verity: byWalk('verity', [avbCheck, linuxCommandLineCheck, verityCheck]),
  'fs-verity': byWalk('fs-verity', [avbCheck, linuxModulesCheck, fsVerityCheck]),
  'linux-modules': (name, more) => runModules(modulesOf(name), more).evidence,
  'linux-integrity': (name, more) => runIntegrity(integrityOf(name), more).evidence,
  uefi: (name, more) => runUefi(uefiOf(name), more).evidence,
  'uefi-capsule': (name, more) => runCapsule(capsuleOf(name), more).evidence,
  nordic: byCases('nordic', nordicCheck, { root: 'dfu.zip@0x0:zip' }),
  silabs: byCases('silabs', silabsCheck, { formats: ['gbl', 'ebl'] }),
  stm32: byCases('stm32', stm32Check, { formats: ['stm32'] }),
  hab: byCases('hab', habCheck, { formats: ['imx-hab'] }),
  ahab: byCases('ahab', ahabCheck, { formats: ['imx-ahab'] }),
  'nxp-mbi': byCases('nxp-mbi', nxpMbiCheck, { formats: ['nxp-mbi'] }),
  optee: byCases('optee', opteeCheck, { formats: ['optee-ta'] }),
  fip: byCases('fip', fipCheck, { formats: ['fip'] }),
  rockchip: byCases('rockchip', rockchipCheck, { formats: ['rockchip-idb'] }),
  sunxi: byCases('sunxi', sunxiCheck, { formats: ['sunxi-egon', 'sunxi-toc0'] }),
  'raspberry-pi': (name, more) => runRaspberryPi(name, more).evidence,
  'ti-k3': byCases('ti-k3', tiK3Check, { formats: ['ti-k3'] }),
} as const satisfies Readonly<Record<string, RunCase>>

export type SchemeName = keyof typeof SCHEMES

/** The cases that a scheme has in its `fixtures/`. */
export function casesOf(scheme: SchemeName): readonly string[] {
  return KINDS.flatMap((kind) =>
    readdirSync(new URL(`../${scheme}/fixtures/${kind}/`, import.meta.url))
      .sort()
      .map((name) => `${kind}/${name}`),
  )
}
