import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { has, listed, run, sha256 } from './reference.ts'

// Images for boot loaders, disks, packages and updates that their own tools make here of a few files: each has to come out
// with its content, under its name.

const folder = mkdtempSync(join(tmpdir(), 'messlatte-updates-'))

interface Maker {
  readonly title: string
  /** Programs that it needs. */
  readonly needs: readonly string[]
  /** Shell commands that make `image` out of `kernel`, `ramdisk` and `rootfs.img`, in the folder that holds them. */
  readonly commands: string
  readonly options?: readonly string[]
  /** The ends of paths within the image, with the file whose content has to be there. */
  readonly holds: Readonly<Record<string, string>>
}

const TREE = `/dts-v1/;
/ {
  description = "kernel and ramdisk";
  #address-cells = <1>;
  images {
    kernel-1 {
      description = "kernel"; data = /incbin/("kernel"); type = "kernel"; arch = "arm"; os = "linux";
      compression = "none"; load = <0x8000>; entry = <0x8000>; hash-1 { algo = "sha256"; };
    };
    ramdisk-1 {
      description = "ramdisk"; data = /incbin/("ramdisk"); type = "ramdisk"; arch = "arm"; os = "linux";
      compression = "none"; hash-1 { algo = "crc32"; };
    };
  };
  configurations { default = "conf-1"; conf-1 { kernel = "kernel-1"; ramdisk = "ramdisk-1"; }; };
};
`
const ENVIRONMENT = 'bootcmd=run boot_a\nbootdelay=2\nboot_a=bootm 0x82000000\n'
const CONTROL = 'Package: a\nVersion: 1\nArchitecture: all\nMaintainer: a <a@example.org>\nDescription: a\n'
const KEY = 'openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /O=a/CN=b -days 30'

function raucBundle(kind: string, output: string): string {
  return `${KEY}
    mkdir files && cp rootfs.img files/
    printf '[update]\\ncompatible=a\\nversion=1\\n\\n[bundle]\\nformat=${kind}\\n\\n[image.rootfs]\\nfilename=rootfs.img\\n' > files/manifest.raucm
    rauc --cert=cert.pem --key=key.pem --keyring=cert.pem bundle files ${output}`
}

/** A folder with the files of a Debian package, and its two archives as an ipk has them. */
const IPK = `mkdir -p data/boot && cp kernel data/boot/ && cp control.txt control
  tar -C data -czf data.tar.gz . && tar -czf control.tar.gz ./control && echo 2.0 > debian-binary`

const MAKERS: readonly Maker[] = [
  ...['', '-E', '-E -B 0x1000', '-E -p 0x40000'].map(
    (options): Maker => ({
      title: `FIT ${options}`,
      needs: ['mkimage', 'dtc'],
      commands: `mkimage ${options} -f image.its image`,
      holds: { ':fit/images/kernel-1': 'kernel', ':fit/images/ramdisk-1': 'ramdisk' },
    }),
  ),
  {
    title: 'uImage',
    needs: ['mkimage'],
    commands: 'mkimage -A arm -O linux -T kernel -C none -n a -d kernel image',
    holds: { ':uimage/payload': 'kernel' },
  },
  {
    title: 'uImage with several files',
    needs: ['mkimage'],
    commands: 'mkimage -A mips -O linux -T multi -C none -n a -d kernel:ramdisk image',
    holds: { ':uimage/part-0': 'kernel', ':uimage/part-1': 'ramdisk' },
  },
  ...['', '-r', '-b', '-p 0'].map(
    (options): Maker => ({
      title: `U-Boot environment ${options}`,
      needs: ['mkenvimage'],
      commands: `mkenvimage ${options} -s 16384 -o image environment.txt`,
      holds: { ':uboot-env/environment.txt': 'environment.txt' },
    }),
  ),
  {
    title: 'MBR with a logical partition',
    needs: ['sfdisk'],
    commands: `truncate -s 8M image && truncate -s 1M first && dd if=rootfs.img of=first conv=notrunc && cp first second
      dd if=kernel of=second conv=notrunc
      printf 'label: dos\\nstart=2048,size=2048,type=83\\nstart=4096,size=8192,type=5\\nstart=6144,size=2048,type=83\\n' | sfdisk -q image
      dd if=first of=image bs=512 seek=2048 conv=notrunc && dd if=second of=image bs=512 seek=6144 conv=notrunc`,
    holds: { ':mbr/partition-1': 'first', ':mbr/partition-5': 'second' },
  },
  {
    title: 'UBI with several volumes',
    needs: ['ubinize'],
    commands: `printf '[k]\\nmode=ubi\\nimage=kernel\\nvol_id=3\\nvol_type=static\\nvol_name=kernel\\n[r]\\nmode=ubi\\nimage=ramdisk\\nvol_id=0\\nvol_type=static\\nvol_name=ramdisk\\n' > plan
      ubinize -o image -m 2048 -p 128KiB -s 512 plan`,
    holds: { ':ubi/kernel': 'kernel', ':ubi/ramdisk': 'ramdisk' },
  },
  {
    title: 'ar',
    needs: ['ar'],
    commands: 'ar rcD image kernel ramdisk',
    holds: { ':ar/kernel': 'kernel', ':ar/ramdisk': 'ramdisk' },
  },
  ...['none', 'gzip', 'xz', 'zstd'].map(
    (compression): Maker => ({
      title: `Debian package (${compression})`,
      needs: ['dpkg-deb'],
      commands: `mkdir -p package/DEBIAN package/boot && cp kernel package/boot/ && cp control.txt package/DEBIAN/control
        dpkg-deb -Z${compression} --build package image.deb && mv image.deb image`,
      holds: { ':tar/boot/kernel': 'kernel', ':tar/control': 'control.txt' },
    }),
  ),
  {
    title: 'ipk in ar',
    needs: ['ar', 'tar'],
    commands: `${IPK} && ar rcD image debian-binary control.tar.gz data.tar.gz`,
    holds: { ':tar/boot/kernel': 'kernel', ':tar/control': 'control.txt' },
  },
  {
    title: 'ipk in tar',
    needs: ['tar'],
    commands: `${IPK} && tar -cf - ./debian-binary ./control.tar.gz ./data.tar.gz | gzip > image`,
    holds: { ':tar/boot/kernel': 'kernel', ':tar/control': 'control.txt' },
  },
  {
    title: 'casync archive',
    needs: ['casync'],
    commands:
      'mkdir -p files/boot && cp kernel files/boot/ && cp ramdisk files/ && casync make --with=unix image.catar files && mv image.catar image',
    holds: { ':casync-archive/boot/kernel': 'kernel', ':casync-archive/ramdisk': 'ramdisk' },
  },
  {
    title: 'OSTree repository (archive)',
    needs: ['ostree', 'tar'],
    commands: `mkdir files && cp kernel files/ && ostree --repo=repo init --mode=archive && ostree --repo=repo commit -b main files
      tar -cf image repo`,
    holds: { ':ostree-filez/content': 'kernel' },
  },
  {
    title: 'SWUpdate with packed images',
    needs: ['cpio', 'gzip', 'zstd'],
    commands: `gzip -c kernel > kernel.gz && zstd -q ramdisk
      printf 'software = { version = "1"; images: ( { filename = "kernel.gz"; device = "/dev/null"; compressed = "zlib"; }, { filename = "ramdisk.zst"; volume = "r"; type = "ubivol"; compressed = "zstd"; } ); };\\n' > sw-description
      printf 'sw-description\\nkernel.gz\\nramdisk.zst\\n' | cpio --quiet -o -H newc > image`,
    holds: { '@0x0:gzip/kernel': 'kernel', '@0x0:zstd/content': 'ramdisk' },
  },
  ...['newc', 'crc'].map(
    (kind): Maker => ({
      title: `SWUpdate (${kind})`,
      needs: ['cpio'],
      commands: `printf 'software = { version = "1"; images: ( { filename = "rootfs.img"; device = "/dev/null"; sha256 = "%s"; } ); };\\n' $(sha256sum rootfs.img | cut -d' ' -f1) > sw-description
        printf 'sw-description\\nrootfs.img\\n' | cpio --quiet -o -H ${kind} > image`,
      holds: { ':swupdate/rootfs.img': 'rootfs.img', ':swupdate/sw-description': 'sw-description' },
    }),
  ),
  ...['plain', 'verity'].map(
    (kind): Maker => ({
      title: `RAUC (${kind})`,
      needs: ['rauc', 'mksquashfs', 'openssl'],
      commands: raucBundle(kind, 'image'),
      holds: { ':squashfs/rootfs.img': 'rootfs.img' },
    }),
  ),
  {
    title: 'RAUC (crypt), with its key',
    needs: ['rauc', 'mksquashfs', 'openssl'],
    commands: `${raucBundle('crypt', 'open')} && rauc encrypt --keyring=cert.pem --to=cert.pem open image`,
    options: ['--key', 'key.pem'],
    holds: { ':squashfs/rootfs.img': 'rootfs.img' },
  },
  ...[
    ['version 0', '--pagesize 2048 --second rootfs.img --base 0x80000000'],
    ['version 2', '--header_version 2 --pagesize 4096 --dtb control.txt'],
    ['version 3', '--header_version 3 --os_version 12.1.0 --os_patch_level 2022-05'],
  ].map(
    ([version, options]): Maker => ({
      title: `Android boot image, ${version}`,
      needs: ['mkbootimg'],
      commands: `mkbootimg --kernel kernel --ramdisk ramdisk --cmdline 'console=ttyS0 a=b' ${options} -o image`,
      holds: {
        ':android-boot/kernel': 'kernel',
        ':android-boot/ramdisk': 'ramdisk',
        ...(version === 'version 0' && { ':android-boot/second': 'rootfs.img' }),
        ...(version === 'version 2' && { ':android-boot/dtb': 'control.txt' }),
      },
    }),
  ),
  {
    title: 'Android vendor boot image, version 3',
    needs: ['mkbootimg'],
    commands:
      'mkbootimg --header_version 3 --pagesize 4096 --vendor_ramdisk ramdisk --dtb kernel --vendor_cmdline a=b --vendor_boot image',
    holds: {
      ':android-vendor-boot/vendor_ramdisk': 'ramdisk',
      ':android-vendor-boot/dtb': 'kernel',
    },
  },
  ...['', '--private-key key.pem --certificate cert.pem --monotonic-count 1'].map(
    (signed): Maker => ({
      title: `UEFI capsule${signed && ', signed'}`,
      needs: ['mkeficapsule', 'openssl'],
      commands: `${KEY}
        mkeficapsule --guid 09d7cf52-0720-4710-91d1-08469b7fe9c8 --index 1 ${signed} rootfs.img image`,
      holds: { ':uefi-capsule/payload-0': 'rootfs.img' },
    }),
  ),
  {
    title: 'CBFS in a flash with a map',
    needs: ['cbfstool', 'fmaptool'],
    commands: `printf 'FLASH@0xffe00000 0x200000 {\\n FMAP@0x0 0x800\\n COREBOOT(CBFS)@0x1000 0x1ff000\\n}\\n' > l.fmd
      fmaptool l.fmd l.fmap && cbfstool image create -M l.fmap
      cbfstool image add -n fallback/kernel -f kernel -t raw -c LZMA -A sha256
      cbfstool image add -n 'a ramdisk' -f ramdisk -t raw -c LZ4
      cbfstool image add -n rootfs -f rootfs.img -t 0x50 -a 4096`,
    holds: {
      ':coreboot-cbfs/fallback/kernel': 'kernel',
      ':coreboot-cbfs/a ramdisk': 'ramdisk',
      ':coreboot-cbfs/rootfs': 'rootfs.img',
    },
  },
  ...['none', 'gzip', 'lzma'].map(
    (compression): Maker => ({
      title: `Mender (${compression})`,
      needs: ['mender-artifact'],
      commands: `mender-artifact write module-image -t board -n release -T files -f kernel -f ramdisk --compression ${compression} -o image.mender
        mv image.mender image`,
      holds: { ':tar/kernel': 'kernel', ':tar/ramdisk': 'ramdisk' },
    }),
  ),
]

describe('what the tools for boot loaders, packages and updates make', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'kernel'), 'a line of a kernel\n'.repeat(40_000))
    writeFileSync(join(folder, 'ramdisk'), Buffer.alloc(70_001, 'ramdisk'))
    // RAUC takes no bundle of less than two blocks.
    const noise = Array.from({ length: 512 }, (_, part) => sha256(Buffer.from(`${part}`)))
    writeFileSync(join(folder, 'rootfs.img'), Buffer.alloc(262_144, noise.join('')))
    writeFileSync(join(folder, 'image.its'), TREE)
    writeFileSync(join(folder, 'environment.txt'), ENVIRONMENT)
    writeFileSync(join(folder, 'control.txt'), CONTROL)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  for (const { title, needs, commands, options = [], holds } of MAKERS) {
    it(`comes out as it went in: ${title}`, (context) => {
      const missing = needs.filter((program) => !has(program))
      if (missing.length > 0) return context.skip(`${missing.join(', ')} not installed`)
      const work = mkdtempSync(join(folder, 'work-'))
      run(`cp "$sources"/*.* "$sources"/kernel "$sources"/ramdisk . && ${commands}`, work, {
        sources: folder,
      })
      const entries = listed(
        join(work, 'image'),
        options.map((option) => option.replace('key.pem', join(work, 'key.pem'))),
      )
      for (const [end, file] of Object.entries(holds)) {
        const found = entries.filter(({ path }) => path.endsWith(end))
        expect(
          found.map(({ sha256 }) => sha256),
          end,
        ).toEqual([sha256(readFileSync(join(work, file)))])
      }
      rmSync(work, { recursive: true, force: true })
    })
  }
})
