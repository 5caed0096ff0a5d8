import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { evidenceOfCase, inShort } from '../testing.ts'
import { serviceConfigurationsCheck } from './index.ts'

const CHECKS = [serviceConfigurationsCheck, bootCheck]

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  return inShort(evidenceOfCase(import.meta.url, kind, name, CHECKS))
}

function inFile(inner: string, content: string): readonly string[] {
  return inShort(runChecks(CHECKS, [testArtefact(inner, content)]).evidence)
}

describe('credentials.service-configurations', () => {
  it('reads communities of SNMP, and counts less what is accepted from the device only', () => {
    expect(found('positive', 'snmp')).toEqual([
      'snmp com2sec private: against medium, default',
      'snmp com2sec.private.community private: against low, default',
      'snmp com2sec.public.community public: against medium, default',
      'snmp community Wr1te-me: against medium, set',
      'snmp community local: against low, set',
      'snmp community public: against medium, default',
      'snmp createUser (monitor) Auth-pass-9: against medium, set',
      'snmp trapcommunity trapme: against medium, set',
    ])
  })

  it('reads remote management and access, as UCI, lines and XML', () => {
    expect(found('positive', 'cwmp')).toEqual([
      'cwmp ACSPassword (acs) Pr0v1sion: against medium, set',
      'cwmp Config.Dir.CWMP_ACS_PASSWORD (itms) itms-9Kq: against medium, set',
      'cwmp ConnectionRequestPassword admin: against medium, default',
      'cwmp acs.password (easycwmp) acs-Secret1: against medium, set',
      'cwmp local.password (cpe) changeme: against medium, default',
      'ppp Config.Wan.PppPassword (line1) isp-Secret: against medium, set',
      'web-login Config.Dir.USER_PASSWORD user: against medium, default',
    ])
  })

  it('reads secrets of VPNs and dial-up', () => {
    expect(found('positive', 'vpn')).toEqual([
      'ppp secret (line7) Isp-secret3: against medium, set',
      'vpn PSK (%25any vpn.maker.tld) TunnelForAll7: against medium, set',
      'vpn PSK (carol) Ar3a51x: against medium, set',
      'vpn PresharedKey FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE=: against medium, set',
      'vpn auth-user-pass (fleet) FleetPassw0rd9: against medium, set',
    ])
  })

  it('reads clients of brokers, databases, mail, names, shares and telephones', () => {
    expect(found('positive', 'clients')).toEqual([
      'database database.password (app) Gr4phite: against medium, set',
      'ddns password (maker) Dyn-pa55: against medium, set',
      'file-sharing password (cam) Rec0rder: against medium, set',
      'mail smtp.password (alarm@maker.tld) Alarm-2020: against medium, set',
      'mqtt mqtt.password (device) d3vice-Pass: against medium, set',
      'mqtt remote_password (fleet) Fl33t-Broker: against medium, set',
      'remote-login password (ota) Fjord-Kies-91: against medium, set',
      'sip 7001.secret Ext7001!: against medium, set',
      'web-login admin.password (admin) admin: against medium, default',
      'web-login return.web.password (admin) Lua-9-secret: against medium, set',
    ])
  })

  it('says when it does not know who reads it', () => {
    expect(found('positive', 'unknown-reader')).toEqual([
      'encryption aes_key 9f8e7d6c5b4a39281706f5e4d3c2b1aX: against medium, set',
      'unnamed passphrase Korrekt-Pferd: against low, set',
    ])
  })

  it('is silent about other meanings, samples, documentation and translations', () => {
    expect(found('negative', 'public')).toEqual([])
  })

  it('is silent about placeholders, references, hashes, schemas and examples', () => {
    expect(found('near-miss', 'placeholders')).toEqual([])
    expect(found('near-miss', 'examples')).toEqual([])
  })

  it.each([
    ['etc/app.conf', 'password = changeme\n', 'unnamed password changeme: against low, default'],
    [
      'etc/app.conf',
      'enabled = 0\nmqtt_password = Br0ker-pw\n',
      'mqtt mqtt_password Br0ker-pw: against low, set',
    ],
    [
      'etc/app.conf',
      'host = 127.0.0.1\ndb_user = app\ndb_password = l0cal-db\n',
      'database db_password (app) l0cal-db: against low, set',
    ],
    [
      'etc/my.cnf',
      '[client]\nuser=root\npassword=Sql-r00t\n',
      'web-login client.password (root) Sql-r00t: against medium, set',
    ],
    [
      'etc/redis.conf',
      'requirepass R3dis-secret\n',
      'database requirepass R3dis-secret: against medium, set',
    ],
    [
      'etc/onvif.ini',
      '[rtsp]\nuser=admin\npass=admin\n',
      'camera rtsp.pass (admin) admin: against medium, default',
    ],
    [
      'spiffs/wifi.json',
      '{"ssid":"x","password":"Home-net-1"}',
      'wifi-client password Home-net-1: against medium, set',
    ],
  ])('%s', (inner, content, expected) => {
    expect(inFile(inner, content)).toEqual([expected])
  })

  it.each([
    ['etc/app.conf', 'password = x\n'],
    ['etc/app.conf', 'password = ask\n'],
    ['etc/init.d/app', '#!/bin/sh\npassword=secretvalue1\n'],
    ['usr/lib/node_modules/x/config.json', '{"password":"Abcdef12"}'],
    ['etc/app.json', '{"integrity":"sha512-AAAA","access_token":"{{ token }}"}'],
    ['etc/app.xml', '<field name="password" type="password" label="Password"/>'],
    ['etc/app.conf', 'password_prompt = Enter your password:\n'],
    ['etc/app.conf', 'token = aaaaaaaaaaaaaaaaaaaaaaaa\n'],
  ])('is silent about %s: %s', (inner, content) => {
    expect(inFile(inner, content)).toEqual([])
  })
})
