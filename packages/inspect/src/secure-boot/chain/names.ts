import type { Text } from '@messlatte/model'
import type { HardwareQuestion, Scheme, Stage } from './facts.ts'

export const STAGE_NAMES: Readonly<Record<Stage, Text>> = {
  rom: { en: 'ROM', de: 'ROM' },
  'bootloader-first': { en: 'first boot loader', de: 'erster Bootloader' },
  'trusted-firmware': { en: 'trusted firmware', de: 'Trusted Firmware' },
  'trusted-os': { en: 'trusted operating system', de: 'Trusted OS' },
  bootloader: { en: 'boot loader', de: 'Bootloader' },
  configuration: { en: 'boot configuration', de: 'Startkonfiguration' },
  'device-tree': { en: 'device tree', de: 'Device Tree' },
  kernel: { en: 'kernel', de: 'Kernel' },
  initramfs: { en: 'initial RAM file system', de: 'Initramfs' },
  'root-file-system': { en: 'root file system', de: 'Root-Dateisystem' },
  modules: { en: 'kernel modules', de: 'Kernel-Module' },
  files: { en: 'files', de: 'Dateien' },
  application: { en: 'application', de: 'Anwendung' },
  coprocessor: { en: 'coprocessor', de: 'Coprozessor' },
  data: { en: 'data', de: 'Daten' },
  update: { en: 'update', de: 'Update' },
}

/** The same in both languages: names of formats. */
export const SCHEME_NAMES: Readonly<Record<Scheme, string>> = {
  'allwinner-egon': 'Allwinner eGON',
  'android-ota': 'Android OTA',
  'apk-package': 'apk',
  'apt-repository': 'apt repository',
  'allwinner-toc0': 'Allwinner TOC0',
  authenticode: 'Authenticode',
  avb2: 'Android Verified Boot 2',
  'dm-verity': 'dm-verity',
  'esp-image': 'ESP image',
  'esp-secure-boot-1': 'ESP32 Secure Boot V1',
  'esp-secure-boot-2': 'ESP32 Secure Boot V2',
  evm: 'EVM',
  'fs-verity': 'fs-verity',
  gbl: 'Silicon Labs GBL',
  ima: 'IMA',
  'linux-module': 'Linux module signature',
  lvfs: 'LVFS cabinet',
  mcuboot: 'MCUboot',
  mender: 'Mender',
  'nordic-dfu': 'Nordic DFU',
  'nxp-ahab': 'NXP AHAB',
  'nxp-hab': 'NXP HAB',
  'opkg-feed': 'opkg feed',
  'openwrt-sysupgrade': 'OpenWrt sysupgrade',
  'optee-ta': 'OP-TEE TA',
  'raspberry-pi-boot': 'Raspberry Pi boot.sig',
  'raspberry-pi-eeprom': 'Raspberry Pi EEPROM',
  rauc: 'RAUC',
  rockchip: 'Rockchip',
  stm32: 'STM32',
  suit: 'SUIT',
  swupdate: 'SWUpdate',
  'tf-a': 'TF-A FIP',
  'ti-k3': 'TI K3',
  tuf: 'TUF',
  'u-boot-env': 'U-Boot environment',
  'u-boot-fit': 'U-Boot FIT',
  'uefi-capsule': 'UEFI capsule',
  'uefi-keys': 'UEFI PK/KEK/db',
  uimage: 'uImage',
}

export const HARDWARE_QUESTION_NAMES: Readonly<Record<HardwareQuestion['id'], Text>> = {
  'secure-boot-enabled': {
    en: 'Does the hardware demand a signature of its first stage?',
    de: 'Verlangt die Hardware eine Signatur ihrer ersten Stufe?',
  },
  'key-digest': {
    en: 'Which key digests does the hardware hold?',
    de: 'Welche Schlüssel-Hashes enthält die Hardware?',
  },
  'key-revoked': {
    en: 'Which keys has the hardware revoked?',
    de: 'Welche Schlüssel hat die Hardware gesperrt?',
  },
  'flash-encryption': { en: 'Is the flash encrypted?', de: 'Ist der Flash verschlüsselt?' },
  'debug-locked': { en: 'Is the debug port locked?', de: 'Ist der Debug-Zugang gesperrt?' },
  'download-locked': { en: 'Is the download mode locked?', de: 'Ist der Download-Modus gesperrt?' },
  'rollback-counter': {
    en: 'Which version does the hardware demand at least?',
    de: 'Welche Version verlangt die Hardware mindestens?',
  },
  'boot-source-locked': {
    en: 'Can it be started from another source?',
    de: 'Lässt es sich von einer anderen Quelle starten?',
  },
  'flash-locked': {
    en: 'Is the flash of the boot loader protected against writing?',
    de: 'Ist der Flash des Bootloaders gegen Schreiben geschützt?',
  },
  'boots-this': {
    en: 'Does the unit start this very image?',
    de: 'Startet das Gerät genau dieses Image?',
  },
}
