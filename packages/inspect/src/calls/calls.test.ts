import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language, languageOf } from './languages.ts'
import { readCalls, shown, type Value } from './read.ts'

function inShort(value: Value): string {
  switch (value.kind) {
    case 'list':
      return `[${value.items.map(inShort).join(', ')}]`
    case 'table':
      return `{${[...value.entries].map(([key, one]) => `${key}: ${inShort(one)}`).join(', ')}}`
    case 'text':
    case 'truth':
    case 'other':
      return shown(value)
  }
}

function told(language: Language['name'], text: string): readonly string[] {
  return readCalls(text, LANGUAGES[language]).map(
    ({ name, args, named }) =>
      `${name}(${[...args.map(inShort), ...[...named].map(([key, value]) => `${key}=${inShort(value)}`)].join(', ')})`,
  )
}

describe('calls of a script', () => {
  it('are read in Lua: locals, joined strings, tables, methods, calls without parentheses', () => {
    const text = `
-- http.request("no")
local base = "http://u.example.net"
local url = base .. "/fw.bin"
require "luci.sys"
local function get(name) return http.request{ url = url .. name, verify = "none" } end
luci.sys.call(string.format("wget -O %s %s", '/tmp/fw', url))
self.client:fetch([[https://x/]], { verify = false, ["timeout"] = 5 })
`
    expect(told('lua', text)).toEqual([
      'require(luci.sys)',
      'http.request({url: http://u.example.net/fw.bin$name, verify: none})',
      'luci.sys.call(wget -O /tmp/fw http://u.example.net/fw.bin)',
      'string.format(wget -O %s %s, /tmp/fw, http://u.example.net/fw.bin)',
      'self.client.fetch(https://x/, {verify: false, timeout: 5})',
    ])
  })

  it('are read in JavaScript: templates, options, callbacks, classes', () => {
    const text = `
const HOST = 'https://u.example.net', path = "/fw.bin" // one
const options = { rejectUnauthorized: false, headers: { a: 'b' } }
https.get(\`\${HOST}/v1\${path}\`, options, (res) => { res.pipe(fs.createWriteStream('/tmp/fw')) })
execFile('mtd', ['-r', 'write', '/tmp/fw', 'firmware'], function (error) { if (error) { log(error) } })
`
    expect(told('javascript', text)).toEqual([
      'https.get(https://u.example.net/v1/fw.bin, {rejectUnauthorized: false, headers: {a: b}}, $res)',
      'res.pipe($fs_createWriteStream_)',
      'fs.createWriteStream(/tmp/fw)',
      'execFile(mtd, [-r, write, /tmp/fw, firmware], $value)',
      'log($error)',
    ])
  })

  it('are read in Python: keywords, f-strings, formats, attributes of a class', () => {
    const text = `
URL = "https://u.example.net"
class Updater:
    KEY = '/etc/key.pem'
    def fetch(self, name):
        r = requests.get(f"{URL}/{name}", verify=False)
        subprocess.run(["openssl", "dgst", "-verify", self.KEY, "%s.bin" % name])
`
    expect(told('python', text)).toEqual([
      'requests.get(https://u.example.net/$name, verify=false)',
      'subprocess.run([openssl, dgst, -verify, /etc/key.pem, $name.bin])',
    ])
  })

  it('are read in PHP: variables, constants, concatenation, arrays', () => {
    const text = `<?php
define('HOST', 'http://u.example.net');
class U { const FILE = '/tmp/fw'; function go($v) {
  $url = HOST . "/fw-$v.bin"; # one
  curl_setopt($ch, CURLOPT_URL, $url);
  $this->run(['k' => false]);
  exec("mtd write " . self::FILE . " firmware");
} }`
    expect(told('php', text)).toEqual([
      'define(HOST, http://u.example.net)',
      'curl_setopt($ch, $CURLOPT_URL, http://u.example.net/fw-$v.bin)',
      'this.run({k: false})',
      'exec(mtd write /tmp/fw firmware)',
    ])
  })

  it('put in no value that is not always the same', () => {
    expect(
      told(
        'python',
        'u = "a"\nif x:\n    u = "b"\nget(u)\nv = ""\nv = "c"\nget(v)\nw = "d"\nw += "e"\nget(w)',
      ),
    ).toEqual(['get($u)', 'get(c)', 'get($w)'])
  })

  it('know a language by its name or its first line', () => {
    expect(languageOf('usr/lib/lua/a.lua', '')?.name).toBe('lua')
    expect(languageOf('usr/bin/up', '#!/usr/bin/env python3')?.name).toBe('python')
    expect(languageOf('usr/bin/up', '#!/bin/sh')).toBeUndefined()
  })

  it('end for any text, within bounds', () => {
    const piece = fc.constantFrom(
      ...'f(|)|{|}|[|]|"|\'|`|--|#|//|/*|[[|]]|a.b|= "x"|..|+|.|:|->|,|local |function(|return |$x|%|\\|f"{a}"|array(|=>|\n|'.split(
        '|',
      ),
      '$'.concat('{'),
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 120 }),
        fc.constantFrom(...Object.values(LANGUAGES)),
        (pieces, language) => {
          expect(readCalls(pieces.join(''), language).length).toBeLessThanOrEqual(4_000)
        },
      ),
      { numRuns: 300 },
    )
    for (const language of Object.values(LANGUAGES)) {
      readCalls('f('.repeat(20_000), language)
      readCalls('['.repeat(20_000), language)
      readCalls('a='.repeat(20_000), language)
    }
  })
})
