import type { Artefact } from '../../contract.ts'
import { lineAt } from '../mechanism/lines.ts'
import { pathIn } from '../mechanism/systems.ts'
import { parseObject } from '../package/json.ts'
import { below, EMPTY } from './empty.ts'
import type { ClientConfiguration, Setting } from './facts.ts'
import { settings } from './ini.ts'
import {
  aktualizr,
  attendedSysupgrade,
  cwmp,
  fwupdConf,
  fwupdRemote,
  hawkbit,
  ostree,
} from './more-clients.ts'
import { apkRepositories, aptConf, aptSources } from './package-managers.ts'
import { swupdate, swupdateArguments } from './swupdate.ts'

/** @param inner path of the file, as artefacts have it */
type Reader = (text: string, inner: string) => ClientConfiguration | undefined

/** Configuration files of update clients, and how each is read. */
const READERS: readonly (readonly [pattern: RegExp, read: Reader])[] = [
  [/^(?:.*\/)?(?:etc|usr\/lib)\/rauc\/system\.conf$/, rauc],
  [/^(?:.*\/)?etc\/swupdate(?:\.cfg|\/swupdate\.cfg)$/, swupdate],
  [/^(?:.*\/)?(?:etc|usr\/lib)\/swupdate\/conf\.d\/[^/]+$/, swupdateArguments],
  [/^(?:.*\/)?etc\/default\/swupdate$/, swupdateArguments],
  [/^(?:.*\/)?etc\/(?:rauc-hawkbit-updater\/config\.conf|rauc-hawkbit-updater\.conf)$/, hawkbit],
  [/^(?:.*\/)?(?:etc|data|var\/lib)\/mender\/mender\.conf$/, mender],
  [/^(?:.*\/)?etc\/opkg(?:\.conf|\/[^/]+\.conf)$/, opkg],
  [/^(?:.*\/)?lib\/upgrade\/platform\.sh$/, sysupgrade],
  [/^(?:.*\/)?etc\/apt\/(?:sources\.list|sources\.list\.d\/[^/]+\.(?:list|sources))$/, aptSources],
  [/^(?:.*\/)?etc\/apt\/apt\.conf(?:\.d\/[^/]+)?$/, aptConf],
  [/^(?:.*\/)?etc\/apk\/(?:repositories|repositories\.d\/[^/]+\.list)$/, apkRepositories],
  [/^(?:.*\/)?etc\/fwupd\/fwupd\.conf$/, fwupdConf],
  [/^(?:.*\/)?etc\/fwupd\/remotes\.d\/[^/]+\.conf$/, fwupdRemote],
  [/^(?:.*\/)?etc\/(?:config|uci-defaults)\/[\w-]*attendedsysupgrade[\w.-]*$/, attendedSysupgrade],
  [/^(?:.*\/)?etc\/ostree\/remotes\.d\/[^/]+\.conf$/, ostree],
  [/^(?:.*\/)?(?:etc\/sota|usr\/lib\/sota)\/(?:conf\.d\/)?[^/]+\.toml$/, aktualizr],
  [/^(?:.*\/)?system\/etc\/security\/otacerts\.zip$/, android],
  [/^(?:.*\/)?etc\/config\/(?:cwmp|easycwmp|icwmp|freecwmp|tr069)$/, cwmp],
]

export const CONFIGURATION_FILES: readonly RegExp[] = READERS.map(([pattern]) => pattern)

export function readConfiguration(artefact: Artefact): ClientConfiguration | undefined {
  const text = artefact.text()
  const read = READERS.find(([pattern]) => pattern.test(artefact.inner))?.[1](text, artefact.inner)
  if (!read) return undefined
  const placed = <T extends Setting>(one: T): T => ({ ...one, line: lineAt(text, one.offset) })
  return {
    ...read,
    keys: read.keys.map(placed),
    sources: read.sources.map(placed),
    slotsAt: read.slotsAt && placed(read.slotsAt),
    ...(read.decidedAt ? { decidedAt: placed(read.decidedAt) } : {}),
    ...(read.checkedAt ? { checkedAt: placed(read.checkedAt) } : {}),
    ...(read.authorities ? { authorities: placed(read.authorities) } : {}),
    ...(read.automatic ? { automatic: read.automatic.map(placed) } : {}),
    ...(read.notifications ? { notifications: read.notifications.map(placed) } : {}),
    ...(read.local ? { local: read.local.map(placed) } : {}),
  }
}

/** RAUC, system.conf: a bundle is always verified against the keyring. */
function rauc(text: string, inner: string): ClientConfiguration {
  const all = settings(text, /=/)
  const value = (section: string, key: string) =>
    all.find((one) => one.section === section && one.key === key)
  const keyring = value('keyring', 'path') ?? value('keyring', 'directory')
  const slots = all.filter((one) => one.key === '' && /^slot\./.test(one.section))
  const first = slots[0]
  const details = Object.fromEntries(
    [
      ['compatible', value('system', 'compatible')],
      ['bootloader', value('system', 'bootloader')],
      ['bundleFormats', value('system', 'bundle-formats')],
      ['checkPurpose', value('keyring', 'check-purpose')],
      ['checkCrl', value('keyring', 'check-crl')],
      ['minBundleVersion', value('system', 'min-bundle-version')],
    ].flatMap(([name, setting]) => (typeof setting === 'object' ? [[name, setting.value]] : [])),
  ) as Record<string, string>
  return {
    ...EMPTY,
    client: 'rauc',
    verification: 'always',
    keys: keyring
      ? [{ path: beside(inner, keyring.value), offset: keyring.offset, length: keyring.length }]
      : [],
    slots: slots.map((slot) => slot.section.replace(/^slot\./, '')),
    slotsAt: first ? { offset: first.offset, length: first.length } : null,
    details,
  }
}

/** RAUC takes a path without a leading slash as beside its configuration. */
function beside(inner: string, path: string): string {
  if (path.startsWith('/')) return below(path)
  const own = below(pathIn({ inner }))
  return `${own.slice(0, own.lastIndexOf('/') + 1)}${path}`
}

/** Mender: without ArtifactVerifyKey artifacts are not verified. */
function mender(text: string): ClientConfiguration | undefined {
  const conf = parseObject(text)
  if (!conf) return undefined
  const keys = [
    conf.ArtifactVerifyKey,
    ...(Array.isArray(conf.ArtifactVerifyKeys) ? conf.ArtifactVerifyKeys : []).map((one: unknown) =>
      typeof one === 'object' && one !== null ? (one as { Path?: unknown }).Path : one,
    ),
  ].filter((one): one is string => typeof one === 'string')
  const servers = [
    conf.ServerURL,
    ...(Array.isArray(conf.Servers)
      ? conf.Servers.map((one) => (one as { ServerURL?: unknown })?.ServerURL)
      : []),
  ]
  const { ServerCertificate: certificate, UpdatePollIntervalSeconds: poll } = conf
  const [one, other] = [conf.RootfsPartA, conf.RootfsPartB]
  const at = (value: string) => ({ offset: Math.max(0, text.indexOf(value)), length: value.length })
  const https =
    typeof conf.HttpsClient === 'object' && conf.HttpsClient !== null
      ? (conf.HttpsClient as { SkipVerify?: unknown })
      : {}
  return {
    ...EMPTY,
    client: 'mender',
    verification: keys.length > 0 ? 'required' : 'off',
    keys: keys.map((path) => ({ path: below(path), ...at(path) })),
    sources: servers
      .filter((one): one is string => typeof one === 'string')
      .map((url) => ({ url, ...at(url) })),
    tlsUnchecked: conf.SkipVerify === true || https.SkipVerify === true,
    ...(typeof one === 'string' && typeof other === 'string' && one !== other
      ? {
          slots: ['rootfs.A', 'rootfs.B'],
          slotsAt: at('RootfsPartA'),
          details: { rootfsPartA: one, rootfsPartB: other },
        }
      : {}),
    ...(typeof certificate === 'string' && certificate !== ''
      ? { authorities: { path: certificate, ...at(certificate) } }
      : {}),
    ...(typeof poll === 'number'
      ? {
          automatic: [
            {
              by: 'daemon',
              byDefault: 'on',
              interval: `${poll} s`,
              does: 'installs',
              ...at('UpdatePollIntervalSeconds'),
            },
          ],
        }
      : {}),
  }
}

/** opkg: feeds, and whether their lists are verified. */
function opkg(text: string): ClientConfiguration | undefined {
  const all = settings(text, /\s+/)
  const feeds = all.filter((one) => /^src(?:\/gz)?$/.test(one.key))
  const check = all.find((one) => one.key === 'option' && /^check_signature\b/.test(one.value))
  const unchecked = all.some((one) => one.key === 'option' && /^no_check_certificate\s+1\b/.test(one.value))
  if (feeds.length === 0 && !check && !unchecked) return undefined
  const on = check !== undefined && !/\b(?:0|false|no)\b/.test(check.value.replace('check_signature', ''))
  return {
    ...EMPTY,
    client: 'opkg',
    tlsUnchecked: unchecked,
    ...(check ? { decidedAt: { offset: check.offset, length: check.length } } : {}),
    // Feeds and options may stand in different files: the reduce phase decides over both.
    verification: check === undefined ? 'unknown' : on ? 'required' : 'off',
    sources: feeds.map((feed) => ({
      url: feed.value.split(/\s+/)[1] ?? '',
      offset: feed.offset,
      length: feed.length,
    })),
  }
}

/** OpenWrt's sysupgrade: whether a signature is demanded. */
function sysupgrade(text: string): ClientConfiguration {
  const required = /^[^#\n]*\bREQUIRE_IMAGE_SIGNATURE=1\b/m.exec(text)
  return {
    ...EMPTY,
    client: 'sysupgrade',
    verification: required ? 'required' : 'unknown',
    ...(required ? { decidedAt: { offset: required.index, length: required[0].length } } : {}),
  }
}

/** The recovery of Android takes only packages that one of the certificates in its archive verifies. */
function android(): ClientConfiguration {
  return { ...EMPTY, client: 'android', verification: 'always' }
}
