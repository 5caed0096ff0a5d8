import { readUci } from '../../credentials/clear/settings/uci.ts'
import { EMPTY } from './empty.ts'
import type { ClientConfiguration } from './facts.ts'
import { type IniSetting, settings } from './ini.ts'

// Configuration of fwupd (fwupd.conf(5), fwupd-remotes.d(5)), rauc-hawkbit-updater, OSTree (ostree.repo-config(5)),
// aktualizr, OpenWrt's attended sysupgrade, and of clients of TR-069.

const OFF = /^(?:false|0|no|off)$/i
const ON = /^(?:true|1|yes|on)$/i

function placeOf({ offset, length }: { readonly offset: number; readonly length: number }) {
  return { offset, length }
}

function find(all: readonly IniSetting[], key: string): IniSetting | undefined {
  return all.find((one) => one.key === key)
}

/** Without `OnlyTrusted=false` nothing is installed that no known key signed. */
export function fwupdConf(text: string): ClientConfiguration {
  const only = find(settings(text, /=/), 'OnlyTrusted')
  return {
    ...EMPTY,
    client: 'fwupd',
    verification: only && OFF.test(only.value) ? 'off' : 'required',
    ...(only ? { decidedAt: placeOf(only) } : {}),
  }
}

/** A remote that is switched on; the switch for signatures is in fwupd.conf. */
export function fwupdRemote(text: string): ClientConfiguration | undefined {
  const all = settings(text, /=/)
  if (!ON.test(find(all, 'Enabled')?.value ?? '')) return undefined
  const url = find(all, 'MetadataURI')
  if (!url || !/^https?:/.test(url.value)) return undefined
  return {
    ...EMPTY,
    client: 'fwupd',
    verification: 'unknown',
    sources: [{ url: url.value, ...placeOf(url) }],
  }
}

/** hawkBit's server hands bundles to RAUC, which verifies them. */
export function hawkbit(text: string): ClientConfiguration | undefined {
  const all = settings(text, /=/)
  const server = find(all, 'hawkbit_server')
  if (!server) return undefined
  const isPlain = OFF.test(find(all, 'ssl')?.value ?? '')
  const check = find(all, 'ssl_verify')
  return {
    ...EMPTY,
    client: 'rauc',
    verification: 'unknown',
    sources: [{ url: `${isPlain ? 'http' : 'https'}://${server.value}`, ...placeOf(server) }],
    tlsUnchecked: !isPlain && check !== undefined && OFF.test(check.value),
    ...(!isPlain && check && !OFF.test(check.value) ? { checkedAt: placeOf(check) } : {}),
    automatic: [{ by: 'daemon', byDefault: 'on', interval: null, does: 'installs', ...placeOf(server) }],
  }
}

export function ostree(text: string): ClientConfiguration | undefined {
  const all = settings(text, /=/)
  const url = find(all, 'url')
  if (!url) return undefined
  const gpg = find(all, 'gpg-verify')
  const sign = find(all, 'sign-verify')
  const isOff = gpg !== undefined && OFF.test(gpg.value) && !(sign && !OFF.test(sign.value))
  return {
    ...EMPTY,
    client: 'ostree',
    verification: isOff ? 'off' : gpg || sign ? 'required' : 'unknown',
    sources: [{ url: url.value, ...placeOf(url) }],
    tlsUnchecked: ON.test(find(all, 'tls-permissive')?.value ?? ''),
    ...(gpg ? { decidedAt: placeOf(gpg) } : {}),
  }
}

/** Uptane: what is installed is always verified by the metadata of two repositories. */
export function aktualizr(text: string): ClientConfiguration | undefined {
  const all = settings(text, /=/)
  const servers = all.filter(
    ({ key, value }) => /^(?:server|repo_server|director_server)$/.test(key) && value !== '',
  )
  const poll = find(all, 'polling_sec')
  if (servers.length === 0 && !poll) return undefined
  return {
    ...EMPTY,
    client: 'aktualizr',
    verification: 'always',
    sources: servers.map((one) => ({ url: one.value, ...placeOf(one) })),
    ...(poll
      ? {
          automatic: [
            {
              by: 'daemon',
              byDefault: 'on',
              interval: `${poll.value} s`,
              does: 'installs',
              ...placeOf(poll),
            },
          ],
        }
      : {}),
  }
}

/** UCI, or a script of the first start that sets it. */
export function attendedSysupgrade(text: string): ClientConfiguration | undefined {
  const set = [
    ...text.matchAll(
      /^[ \t]*(?:uci[ \t]+(?:-q[ \t]+)?)?set[ \t]+attendedsysupgrade\.\w+\.(\w+)=['"]?([^'"\n]{0,300})/gm,
    ),
  ]
  const all = [
    ...readUci(text).map(({ key, value, offset }) => ({ key, value, offset, length: value.length })),
    ...set.map(({ 0: whole, 1: key = '', 2: value = '', index }) => ({
      key,
      value,
      offset: index,
      length: whole.length,
    })),
  ]
  const url = all.find(({ key }) => key === 'url')
  if (!url) return undefined
  const search = all.find(({ key }) => /^(?:auto_search|login_check_for_upgrades)$/.test(key))
  return {
    ...EMPTY,
    client: 'attendedsysupgrade',
    verification: 'unknown',
    sources: [{ url: url.value, ...placeOf(url) }],
    ...(search
      ? {
          automatic: [
            {
              by: 'setting',
              byDefault: ON.test(search.value) ? 'on' : 'off',
              interval: null,
              does: 'checks',
              ...placeOf(search),
            },
          ],
        }
      : {}),
  }
}

/** The server of TR-069 tells a device to download: what it fetches is not signed by the protocol. */
export function cwmp(text: string): ClientConfiguration | undefined {
  const all = readUci(text)
  const url = all.find(
    ({ section, key }) => /^(?:url|acs_url|ManagementServer_URL)$/i.test(key) && !/^local/.test(section),
  )
  if (!url || url.value === '') return undefined
  const every = all.find(({ key }) => /^periodic_?inform_?interval$|^periodic_interval$/i.test(key))
  return {
    ...EMPTY,
    client: 'cwmp',
    verification: 'unknown',
    sources: [{ url: url.value, offset: url.offset, length: url.value.length }],
    ...(every
      ? {
          automatic: [
            {
              by: 'daemon',
              byDefault: 'on',
              interval: `${every.value} s`,
              does: 'unknown',
              offset: every.offset,
              length: every.value.length,
            },
          ],
        }
      : {}),
  }
}
