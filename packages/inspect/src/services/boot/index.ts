import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { concludeBoot } from './conclude.ts'
import './facts.ts'

/** Scripts and tables that are longer are not read. */
const MOST_TEXT = 128 * 1024

const PROFILES = /(?:^|\/)root\/\.(?:profile|bashrc)$/
const ETC =
  /(?:^|\/)etc\/(?!ssl\/|ca-certificates|alternatives\/|fonts\/|terminfo\/|apparmor|selinux|X11\/|perl\/|python)/
const UNITS = /(?:^|\/)(?:usr\/)?lib\/systemd\/(?:system\/.|systemd$)/
const PROGRAMS = /^(?:.*\/)?(?:usr\/)?(?:local\/)?s?bin(?:\/[^/]+)?$/
const ROOTS = /^(?:.*\/)?(?:init|linuxrc|init\.[\w.-]*rc)$/
const ANDROID = /(?:^|\/)(?:system|vendor|odm)\/etc\/init\/.+\.rc$/
const SUPERVISED = /(?:^|\/)(?:service|etc\/sv|var\/service)\/[^/]+\/(?:run|down)$/
const FOLDERS = /^(?:.*\/)?(?:usr|lib|usr\/lib|usr\/local|system|vendor|odm|service)$/

const TEXTS = [PROFILES, ETC, UNITS, ROOTS, ANDROID, SUPERVISED]
const SCRIPT_MARKS = ['#!/bin/', '#! /bin/', '#!/usr/bin/', '#!/sbin/', '#!/system/bin/', '#!/usr/sbin/']

export const bootCheck: Check = {
  id: 'services.boot',
  version: 1,
  title: { en: 'What starts when the system starts', de: 'Was startet, wenn das System startet' },
  provisions: provisions(['5.5-1', '5.6-1', '5.6-5', '5.6-6'], ['5.5-1', '5.6-1', '5.6-5', '5.6-6']),
  cases: cases('5.6-1-2', '5.6-5-1', '5.6-6-1'),
  input: ['image'],
  canShow: {
    en: 'Which programs the files of the boot start, always or on which condition, through which files, as whom and with which arguments.',
    de: 'Welche Programme die Dateien des Systemstarts starten, immer oder unter welcher Bedingung, über welche Dateien, als wer und mit welchen Argumenten.',
  },
  cannotShow: {
    en: 'What programs start by themselves, what a running system decides, and what a firewall keeps away.',
    de: 'Was Programme von sich aus starten, was erst ein laufendes System entscheidet und was eine Firewall abhält.',
  },
  states: ['service.network.installed', 'service.network.listening'],
  wants: { paths: [...TEXTS, PROGRAMS, FOLDERS], literals: true },
  literals: SCRIPT_MARKS,
  gives: ['boot.file', 'boot.link', 'boot.path'],
  look,
  conclude: concludeBoot,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, type, bytes, target, hits } = artefact
  const rights = artefact.mode === undefined ? {} : { mode: artefact.mode }
  if (inner === '') return
  switch (type) {
    case 'symlink':
    case 'hardlink':
      if (target !== undefined)
        out.fact('boot.link', placeOf(artefact), { target: type === 'hardlink' ? `/${target}` : target })
      return
    case 'file': {
      const isScript = hits.some(({ offset }) => offset === 0)
      if ((isScript || TEXTS.some((pattern) => pattern.test(inner))) && bytes.size <= MOST_TEXT) {
        const text = artefact.text()
        if (!text.includes('\0')) {
          out.fact('boot.file', placeOf(artefact), { text, ...rights })
          return
        }
      }
      out.fact('boot.path', placeOf(artefact), { directory: false, ...rights })
      return
    }
    case 'directory':
      out.fact('boot.path', placeOf(artefact), { directory: true, ...rights })
      return
    case 'character':
    case 'block':
    case 'fifo':
    case 'socket':
    case 'region':
    case 'unknown':
      return
  }
}
