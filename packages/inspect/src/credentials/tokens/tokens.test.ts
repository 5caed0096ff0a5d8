import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { evidenceOfCase, inShort } from '../testing.ts'
import { crcDigits } from './digits.ts'
import { tokensCheck } from './index.ts'

const CHECKS = [tokensCheck, bootCheck]
const MIXED = 'q7R2mZ9tK4xW1bN8vC3sL6yH0pJ5dGfaE2uT7oYiQw4rMk9xBz6nVh1cSj8lPd3gFA5eD0'

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  return inShort(evidenceOfCase(import.meta.url, kind, name, CHECKS))
}

function rulesIn(content: string, inner = 'usr/bin/app'): readonly string[] {
  return runChecks(CHECKS, [testArtefact(inner, content)])
    .evidence.filter(({ kind }) => kind === 'credential.token')
    .map(({ observation, polarity, confidence }) => {
      const { rule } = observation as { readonly rule?: string }
      return `${rule}: ${polarity} ${confidence.grade}`
    })
}

/** Hexadecimal digits, as drawn ones look. */
function hex(length: number): string {
  return '9f8e7d6c5b4a39281706f5e4d3c2b1a0c3d5e7f9081726354a6b8cade1f3057b'.slice(0, length)
}

describe('credentials.tokens', () => {
  it('finds identities of devices in configurations and in programs', () => {
    expect(found('positive', 'identity')).toEqual([
      'device-identity alibaba-iot-secret Zx81LmQ0pTr4Vb2N: against medium, set',
      'device-identity azure-shared-access-key (unit) LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=: against high, set',
      'device-identity tuya-authkey (tuya1f0e9d8c7b6a5948) q7R2mZ9tK4xW1bN8vC3sL6yH0pJ5dGfa: against high, set',
      'token jwt eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJtYWtlciIsInN1YiI6ImZsZWV0Iiwicm9sZSI6ImRldmljZSJ9.RTel1MgMX5qqrqHTIgu568klJAYlnT7rWcJ1Agpvdrs: against medium, set',
    ])
  })

  it('finds logins in addresses, and HTTP Basic', () => {
    expect(found('positive', 'addresses')).toEqual([
      'camera address (admin) admin: against medium, default',
      'remote-login http-basic (maker) Push-42: against medium, set',
      'web-address address (fleet) Br0ker-pw: against medium, set',
      'web-address address (ota) 0ta-secret: against medium, set',
    ])
  })

  it('names the claims of a token', () => {
    const [evidence] = evidenceOfCase(import.meta.url, 'positive', 'identity', CHECKS)
    expect(evidence?.observation).toMatchObject({
      rule: 'jwt',
      alg: 'HS256',
      iss: 'maker',
      sub: 'fleet',
      role: 'device',
    })
  })

  it('is silent about prefixes, addresses without a login, and documentation', () => {
    expect(found('negative', 'public')).toEqual([])
  })

  it('is silent about wrong check digits, wrong alphabets, placeholders and comments', () => {
    expect(found('near-miss', 'shapes')).toEqual([])
  })

  it('tells published examples in one neutral statement', () => {
    const evidence = evidenceOfCase(import.meta.url, 'near-miss', 'published', CHECKS)
    expect(evidence).toMatchObject([{ polarity: 'neutral', observation: { count: 4 } }])
  })

  it.each([
    [
      'aws-access-key: against high',
      `aws_id="AKIA${'Q3EGTPL5XW7MZ2RK'}"\naws_secret="${MIXED.slice(0, 40)}"`,
    ],
    ['aws-access-key: against low', `aws_id="AKIA${'Q3EGTPL5XW7MZ2RK'}"`],
    [
      'azure-storage-key: against high',
      `AccountName=maker;AccountKey=${Buffer.from(MIXED.slice(0, 64)).toString('base64')};`,
    ],
    ['google-api-key: against low', `key=AIza${MIXED.slice(0, 35)}"`],
    ['google-client-secret: against medium', `"GOCSPX-${MIXED.slice(0, 28)}"`],
    [
      'firebase-server-key: against high',
      `"AAAA${MIXED.slice(0, 7)}:APA91b${MIXED.slice(0, 70)}${MIXED.slice(3, 67)}"`,
    ],
    ['alibaba-access-key: against high', `"LTAI${MIXED.slice(0, 16)}" "${MIXED.slice(10, 40)}"`],
    ['github-token: against high', `ghp_${MIXED.slice(0, 30)}${crcDigits(MIXED.slice(0, 30))}`],
    ['npm-token: against high', `npm_${MIXED.slice(0, 30)}${crcDigits(MIXED.slice(0, 30))}`],
    ['github-fine-grained-token: against high', `github_pat_${MIXED.slice(0, 22)}_${MIXED.slice(1, 60)}`],
    ['npm-auth-token: against high', `//registry.maker.tld/:_authToken=${MIXED.slice(0, 36)}`],
    ['gitlab-token: against high', `glpat-${MIXED.slice(0, 20)}`],
    ['pypi-token: against high', `pypi-AgEIcHlwaS5vcmc${MIXED}`],
    ['stripe-secret-key: against high', `sk_live_${MIXED.slice(0, 24)}`],
    ['stripe-test-key: against low', `sk_test_${MIXED.slice(0, 24)}`],
    ['slack-bot-token: against high', `xoxb-2748${'1039586'}-3859${'2048673'}-${MIXED.slice(0, 24)}`],
    ['slack-user-token: against high', `xoxp-27481${'039586'}-38592${'048673'}-49602${'158784'}-${hex(32)}`],
    ['slack-app-token: against high', `xapp-1-A02${'B3C4D5E'}-38592${'048673'}-${hex(64)}`],
    [
      'slack-webhook: against medium',
      `https://hooks.slack.com/services/T0${'1AB2CD3'}/B0${'4EF5GH6'}/${MIXED.slice(0, 24)}`,
    ],
    [
      'discord-webhook: against medium',
      `https://discord.com/api/webhooks/84736251${'9038475610'}/${MIXED.slice(0, 68)}`,
    ],
    ['telegram-bot-token: against high', `token=847362519:AAF${MIXED.slice(0, 32)}`],
    [
      'telegram-bot-token: against high',
      `T = "633884${'5487'}:AA${MIXED.slice(0, 33)}"; u = "https://api.telegram.org/bot" + T`,
    ],
    ['sendgrid-key: against high', `sendgrid("SG.${MIXED.slice(0, 22)}.${MIXED.slice(5, 48)}")`],
    ['mailgun-key: against high', `mailgun key-${hex(32)}`],
    ['twilio-auth-token: against high', `twilio.Client("AC${hex(32)}", "${hex(64).slice(32)}")`],
    ['openai-key: against high', `sk-${MIXED.slice(0, 20)}T3BlbkFJ${MIXED.slice(20, 40)}`],
    ['anthropic-key: against high', `sk-ant-api03-${MIXED}${MIXED.slice(3, 26)}AA`],
    ['digitalocean-token: against high', `dop_v1_${hex(64)}`],
    ['docker-token: against high', `dckr_pat_${MIXED.slice(0, 27)}`],
    ['shopify-token: against high', `shpat_${hex(32)}`],
    ['tencent-secret-id: against low', `AKID${MIXED.slice(0, 32)}`],
    [
      'azure-sas: against low',
      `https://x.blob.core.windows.net/c?sv=2020-08-04&se=2030-01-01&sig=${encodeURIComponent(Buffer.from(MIXED.slice(0, 32)).toString('base64'))}`,
    ],
    [
      'google-service-account: against high',
      `{"private_key_id": "${hex(40)}", "private_key": "-----BEGIN PRIVATE KEY-----\\n${MIXED}${MIXED}${MIXED}\\n-----END PRIVATE KEY-----\\n", "client_email": "a@b.iam.gserviceaccount.com"}`,
    ],
  ])('%s', (expected, content) => {
    expect(rulesIn(content)).toEqual([expected])
    expect(rulesIn(content, 'usr/share/doc/app/README')).toEqual([])
  })

  it.each([
    `AKIA${'Q3EGTPL5XW7MZ2RK'}longer`,
    `ghp_${MIXED.slice(0, 36)}`,
    `npm_${MIXED.slice(0, 36)}`,
    `glpat-${'x'.repeat(20)}`,
    `key-${hex(32)}`,
    `SG.${MIXED.slice(0, 22)}.${MIXED.slice(5, 48)}`,
    `AC${hex(32)} ${hex(32)}`,
    `xoxb-123-456-abc`,
    `12:AAF${MIXED.slice(0, 32)}`,
    `https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX`,
    `authkey=${hex(32)}`,
    `AIza${MIXED.slice(0, 34)}`,
    `sk-ant-api03-short`,
  ])('is silent about %s', (content) => {
    expect(rulesIn(content)).toEqual([])
  })

  it('looks at windows only, however many literals stand in a file', () => {
    expect(rulesIn('eyJhbGciO.eyJ'.repeat(20_000))).toEqual([])
    expect(rulesIn(`mqtt://${'a:'.repeat(50_000)}@`)).toEqual([])
    expect(rulesIn('&sig=&sv='.repeat(20_000))).toEqual([])
    expect(rulesIn('@://'.repeat(50_000), 'etc/app.conf')).toEqual([])
  })
})
