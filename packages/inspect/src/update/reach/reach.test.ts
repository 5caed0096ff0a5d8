import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flashLayoutCheck } from '../../scope/flash-layout/index.ts'
import { artefactsOf, readCase } from '../../secure-boot/partitions/testing.ts'
import { uBootCheck } from '../../secure-boot/u-boot/index.ts'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { clientsCheck } from '../clients/index.ts'
import { mechanismCheck } from '../mechanism/index.ts'
import { inShort, partFaults, systemArtefacts } from '../mechanism/testing.ts'
import { raucCheck } from '../rauc/index.ts'
import { scriptsCheck } from '../scripts/index.ts'
import { swuCheck } from '../swu/index.ts'
import { reachCheck } from './index.ts'
import { stagesOf } from './stages.ts'

const CHECKS = [uBootCheck, bootCheck, clientsCheck, scriptsCheck, swuCheck, reachCheck, mechanismCheck]

/** `rootfs/` of a case is a file system, `files/` holds files of the release beside it. */
function linesOf(name: string, ...more: Parameters<typeof runChecks>[1]): readonly string[] {
  const folder = new URL(`./fixtures/${name}/`, import.meta.url)
  const [system, files] = [new URL('rootfs/', folder), new URL('files/', folder)]
  const run = runChecks(CHECKS, [
    ...(existsSync(system) ? systemArtefacts(system) : []),
    ...(existsSync(files) ? artefactsOf(readCase(files).files) : []),
    ...more,
  ])
  expect(partFaults(run)).toEqual([])
  return inShort(run).filter((line) => / reach: /.test(line))
}

describe('update.reach', () => {
  it('tells what slots reach, and what of the release they do not', () => {
    expect(linesOf('positive/slots')).toMatchInlineSnapshot(`
      [
        "rauc reach: RAUC has slots for the root file system: rootfs.0, rootfs.1. @ etc/rauc/system.conf",
        "rauc reach: RAUC has slots for the application: appfs.0, appfs.1. @ etc/rauc/system.conf",
        "device reach: U-Boot 2023.01-sample is in the release, and no recognised update mechanism is seen to replace it. @ u-boot.bin",
      ]
    `)
  })

  it('tells what lies in the root file system, and that a file alone is no programmed chip', () => {
    const folder = { ...testArtefact('lib/firmware', ''), type: 'directory' as const }
    const hex = readFileSync(
      new URL('../../../../unpack/src/formats/intel-hex/fixtures/positive/objcopy.hex', import.meta.url),
    )
    const image = testArtefact('usr/share/radio/ncp.hex', hex, { format: 'intel-hex' })
    expect(linesOf('positive/slots', folder, image).slice(-3)).toMatchInlineSnapshot(`
      [
        "device reach: /lib/firmware is part of the root file system, which updates replace. @ lib/firmware",
        "device reach: /usr/share/radio/ncp.hex is replaced with the root file system; what writes it into its processor was not seen. @ usr/share/radio/ncp.hex",
        "device reach: U-Boot 2023.01-sample is in the release, and no recognised update mechanism is seen to replace it. @ u-boot.bin",
      ]
    `)
  })

  it('asks for nothing more where all is reached', () => {
    expect(linesOf('positive/whole')).toMatchInlineSnapshot(`
      [
        "rauc reach: RAUC has slots for the boot loader: bootloader.0. @ etc/rauc/system.conf",
        "rauc reach: RAUC has slots for the kernel: kernel.0, kernel.1. @ etc/rauc/system.conf",
        "rauc reach: RAUC has slots for the root file system: rootfs.0, rootfs.1. @ etc/rauc/system.conf",
      ]
    `)
  })

  it('tells what sysupgrade, scripts and updates reach', () => {
    expect(linesOf('positive/sysupgrade')).toMatchInlineSnapshot(`
      [
        "sysupgrade reach: sysupgrade writes the kernel, as one image with the rest of the system. @ lib/upgrade/platform.sh",
        "sysupgrade reach: sysupgrade writes the root file system, as one image with the rest of the system. @ lib/upgrade/platform.sh",
        "device reach: U-Boot 2023.01-sample is in the release, and no recognised update mechanism is seen to replace it. @ u-boot.bin",
      ]
    `)
    expect(linesOf('positive/script')).toMatchInlineSnapshot(`
      [
        "script:/usr/sbin/fw_update reach: A script writes the kernel: partition linux. @ usr/sbin/fw_update:3",
        "script:/usr/sbin/fw_update reach: A script writes the firmware of another processor: partition zigbee-mcu. @ usr/sbin/fw_update:4",
      ]
    `)
    expect(linesOf('positive/update')).toMatchInlineSnapshot(`
      [
        "device reach: An update in the release brings the root file system: rootfs.img. @ a.swu@0x0:swupdate",
      ]
    `)
  })

  it('tells a device by its number where all layouts of the release agree, and by a link with its name', () => {
    const write = (...commands: readonly string[]) =>
      testArtefact('usr/sbin/fw_update', ['#!/bin/sh', ...commands, ''].join('\n'), { mode: 0o755 })
    const layout = (name: string, text: string) =>
      testArtefact(`boot/${name}`, `root=/dev/mtdblock2 mtdparts=${text}\0`)
    const told = (...files: Parameters<typeof runChecks>[1]) =>
      inShort(runChecks([flashLayoutCheck, scriptsCheck, reachCheck, mechanismCheck], files)).filter((line) =>
        / reach: /.test(line),
      )
    const one = layout('a', 'nand0:1m(u-boot),4m(kernel),-(rootfs)')
    const script = write(
      'wget -O /tmp/fw.bin http://u.example.net/fw.bin',
      'nandwrite -p /dev/mtd1 /tmp/fw.bin',
      'dd if=/tmp/fw.bin of=/dev/mtdblock2',
      'cat /tmp/fw.bin > /dev/mtd7',
      'dd if=/tmp/fw.bin of=/dev/disk/by-partlabel/u-boot',
    )
    expect(told(script, one)).toMatchInlineSnapshot(`
      [
        "script:/usr/sbin/fw_update reach: A script writes the kernel: partition kernel (/dev/mtd1). @ usr/sbin/fw_update:3",
        "script:/usr/sbin/fw_update reach: A script writes the root file system: partition rootfs (/dev/mtdblock2). @ usr/sbin/fw_update:4",
        "script:/usr/sbin/fw_update reach: A script writes the boot loader: partition u-boot. @ usr/sbin/fw_update:6",
      ]
    `)
    const byName = told(script)
    expect(byName).toHaveLength(1)
    expect(told(script, one, layout('b', 'nand0:1m(u-boot),4m(rootfs),-(kernel)'))).toEqual(byName)
    expect(told(script, layout('c', 'nor0:1m(u-boot);nand0:4m(kernel),-(rootfs)'))).toEqual(byName)
  })

  it('tells what a bundle brings once, where a copy of its manifest lies in it', () => {
    const file = (path: string) => readFileSync(new URL(`../rauc/fixtures/${path}`, import.meta.url))
    const root = 'a.raucb@0x0:rauc-bundle'
    const bundle = { root: 'a.raucb', name: '', type: 'region', format: 'rauc-bundle', path: root } as const
    const copy = testArtefact('manifest.raucm', file('positive/stripped/manifest.raucm'), {
      root: `${root}/payload.squashfs@0x0:squashfs`,
    })
    const told = (...files: Parameters<typeof runChecks>[1]) =>
      inShort(runChecks([raucCheck, reachCheck, mechanismCheck], files))
    const whole = testArtefact('', file('negative/verity/a.raucb'), bundle)
    expect(told(whole)).toHaveLength(1)
    expect(told(whole, copy)).toEqual(told(whole))
    expect(told(copy)).toHaveLength(1)
  })

  it('says nothing where nothing updates, and nothing of names that say nothing', () => {
    expect(linesOf('negative/nothing')).toEqual([])
    expect(linesOf('near-miss/names')).toEqual([])
  })

  it('reads stages from names', () => {
    expect(stagesOf('u-boot.0')).toEqual(['bootloader'])
    expect(stagesOf('uboot-env')).toEqual([])
    expect(stagesOf('rootfs.1')).toEqual(['root-file-system'])
    expect(stagesOf('firmware')).toEqual(['kernel', 'root-file-system'])
    expect(stagesOf('core-image-minimal.ext4')).toEqual([])
    expect(stagesOf('zImage')).toEqual(['kernel'])
    expect(stagesOf('mapping')).toEqual([])
  })
})
