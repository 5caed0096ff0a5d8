import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flashLayoutCheck } from '../../scope/flash-layout/index.ts'
import { artefactsOf, readCase } from '../../secure-boot/partitions/testing.ts'
import { uBootCheck } from '../../secure-boot/u-boot/index.ts'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { clientsCheck } from '../clients/index.ts'
import { mechanismCheck } from '../mechanism/index.ts'
import { inShort, mechanismsOf, partFaults, systemArtefacts } from '../mechanism/testing.ts'
import { installCheck } from './index.ts'
import { pairsOf, recoveryOf } from './slots.ts'

const CHECKS = [uBootCheck, flashLayoutCheck, bootCheck, clientsCheck, installCheck, mechanismCheck]

/** `rootfs/` of a case is a file system, `files/` holds files of the release beside it. */
function linesOf(name: string): readonly string[] {
  const folder = new URL(`./fixtures/${name}/`, import.meta.url)
  const system = new URL('rootfs/', folder)
  const run = runChecks(CHECKS, [
    ...(existsSync(system) ? systemArtefacts(system) : []),
    ...artefactsOf(readCase(new URL('files/', folder)).files),
  ])
  expect(partFaults(run)).toEqual([])
  return inShort(run).filter((line) => / (?:install|rollback)[: ]/.test(line) && !/ open: /.test(line))
}

describe('update.install', () => {
  it('tells slots, copies of variables, a watchdog and a lowest version', () => {
    expect(linesOf('positive/two-slots')).toMatchInlineSnapshot(`
      [
        "device install: The table of the disk has two partitions each for: rootfs. @ disk.img@0x0:gpt",
        "device install: The stored variables of the boot loader are one of two copies. @ environment.json",
        "device install: The boot loader has an order of 2 slots to start from: A, B. @ environment.txt",
        "device install: The variables of the boot loader are kept twice (/dev/mmcblk0 0x400000, /dev/mmcblk0 0x800000): a cut-off write leaves one copy. @ etc/fw_env.config:2",
        "device install: systemd is set to serve a hardware watchdog (RuntimeWatchdogSec=30), which resets a system that hangs. @ etc/systemd/system.conf:3",
        "rauc install: RAUC is configured with two slots for: rootfs, appfs. @ etc/rauc/system.conf",
        "rauc rollback: RAUC refuses what is older than 2.1.0 (min-bundle-version). @ etc/rauc/system.conf",
      ]
    `)
  })

  it('tells a recovery system, a counter of starts and what serves a watchdog', () => {
    expect(linesOf('positive/recovery')).toMatchInlineSnapshot(`
      [
        "device install: The device tree has a partition for recovery: recovery. @ board.dtb",
        "device install: The device tree has a watchdog that is switched on: /watchdog@10000. @ board.dtb",
        "device install: The boot loader is set to count starts, and to run altbootcmd after 3 that were not confirmed. @ environment.txt",
        "device install: A command of the boot loader starts a recovery system: altbootcmd. @ environment.txt",
        "device install: A watchdog is served from the start on: /sbin/watchdog -F -t 5 /dev/watchdog. @ etc/inittab",
        "swupdate rollback: SWUpdate refuses what is older than 1.4.0 (no-downgrading). @ etc/swupdate.cfg",
      ]
    `)
  })

  it('reads partitions of a command line', () => {
    expect(linesOf('positive/command-line')).toMatchInlineSnapshot(`
      [
        "device install: The command line has two partitions each for: kernel, rootfs. @ cmdline.txt",
      ]
    `)
  })

  it('says nothing where there is nothing', () => {
    expect(linesOf('negative/nothing')).toEqual([])
  })

  it('takes nothing that is switched off, commented out, single or kept twice for another reason', () => {
    expect(linesOf('near-miss/switched-off')).toMatchInlineSnapshot(`
      [
        "rauc install: RAUC is configured with one slot of each kind: rescue.0, rootfs.0. @ etc/rauc/system.conf",
        "rauc rollback: RAUC is not told a lowest version (min-bundle-version): by itself it installs older bundles as well. @ etc/rauc/system.conf",
      ]
    `)
  })

  it('tells programs with the name of a watchdog only where nothing serves one', () => {
    const lines = (...files: Parameters<typeof runChecks>[1]) => inShort(runChecks(CHECKS, files))
    const program = testArtefact('sbin/procd', '\x7fELF\0/dev/watchdog\0', { format: 'elf' })
    const inittab = testArtefact('etc/inittab', '::respawn:/sbin/watchdog /dev/watchdog\n')
    expect(lines(program)).toEqual([
      "device install: The program /sbin/procd has the name of a watchdog's device in it. @ sbin/procd",
    ])
    expect(lines(program, inittab)).toHaveLength(1)
    expect(lines({ ...program, inner: 'usr/lib/libc.so' })).toEqual([])
  })

  it('takes a variable for a slot only where its value is a side', () => {
    const of = (variable: string) => {
      const root = 'env.bin@0x0:uboot-env'
      const run = runChecks(CHECKS, [testArtefact('environment.txt', `bootdelay=1\n${variable}\n`, { root })])
      return inShort(run).length
    }
    expect(of('active_slot=a')).toBe(1)
    expect(of('boot_bank=1')).toBe(1)
    expect(of('slot=b')).toBe(1)
    expect(of('slot=0')).toBe(0)
    expect(of('slot_count=2')).toBe(0)
    expect(of('boot_part=1')).toBe(0)
    expect(of('active_slot=mmc')).toBe(0)
  })

  it('tells the order of slots that GRUB keeps', () => {
    const of = (text: string) => inShort(runChecks(CHECKS, [testArtefact('boot/grub/grubenv', text)]))
    const head = '# GRUB Environment Block\n'
    expect(of(`${head}ORDER=A B\nA_OK=1\nB_OK=1\nA_TRY=0\nB_TRY=0\n####`)).toEqual([
      'device install: The boot loader has an order of 2 slots to start from: A, B. @ boot/grub/grubenv:2',
    ])
    expect(of(`${head}saved_entry=0\nORDER=A B\n####`)).toEqual([])
    expect(of('ORDER=A B\nA_TRY=0\nB_TRY=0\n')).toEqual([])
  })

  it('tells the two partitions of Mender', () => {
    const of = (conf: string) =>
      inShort(runChecks(CHECKS, [testArtefact('etc/mender/mender.conf', conf)])).filter((line) =>
        /install:/.test(line),
      )
    expect(of('{"RootfsPartA":"/dev/mmcblk0p2","RootfsPartB":"/dev/mmcblk0p3"}')).toEqual([
      'mender install: Mender is configured with two slots for: rootfs. @ etc/mender/mender.conf',
    ])
    expect(of('{"RootfsPartA":"/dev/mmcblk0p2","RootfsPartB":"/dev/mmcblk0p2"}')).toEqual([])
  })

  it('tells boot entries that count their starts', () => {
    const run = runChecks(CHECKS, [
      testArtefact('loader/entries/a+3-1.conf', 'title a\n'),
      testArtefact('loader/entries/b.conf', 'title b\n'),
    ])
    expect(mechanismsOf(run).flatMap(({ parts }) => parts)).toMatchObject([
      { id: 'install', method: 'boot-count', names: ['a+3-1.conf'] },
    ])
  })

  it('pairs partitions of the system by their names', () => {
    const of = (...names: readonly string[]) => pairsOf(names).map((pair) => pair.of)
    expect(of('boot_a', 'boot_b', 'vendor_a', 'userdata')).toEqual(['boot'])
    expect(of('KERN-A', 'ROOT-A', 'KERN-B', 'ROOT-B')).toEqual(['kern', 'root'])
    expect(of('firmware', 'firmware2')).toEqual(['firmware'])
    expect(of('kernel', 'kernel_bak')).toEqual(['kernel'])
    expect(
      of('config_a', 'config_b', 'rootfs1', 'rootfs', 'log0', 'log1', 'art', 'u-boot', 'u-boot2'),
    ).toEqual([])
    expect(
      recoveryOf(['recovery', 'recovery_a', 'rescue-fs', 'recovery-log', 'factory', 'discovery']),
    ).toEqual(['recovery', 'recovery_a', 'rescue-fs'])
  })
})
