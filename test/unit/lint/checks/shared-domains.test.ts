import { expect, it } from 'vitest'
import { ownersDomain } from '../../../../src/lint/checks/shared-domains.js'

it.each([
  ['ghcr.io', 'ghcr.io', 'two labels'],
  ['eu.ghcr.io', 'ghcr.io', 'what is below them'],
  ['a.azurecr.io', 'a.azurecr.io', 'one label more below a shared domain'],
  ['x.a.azurecr.io', 'a.azurecr.io', 'no more than that'],
  ['azurecr.io', 'azurecr.io', 'the shared domain itself'],
  ['com.cn', 'com.cn', 'the end of a shared domain'],
  ['a.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1.amazonaws.com.cn', 'two shared domains'],
  ['registry.a.co.uk', 'a.co.uk', 'what a country sells names below'],
  ['registry.team.corp', 'corp', 'a network of one owner'],
  ['corp', 'corp', 'its top-level domain'],
  ['io', 'io', 'one label'],
])('the owner of %s has %s (%s)', (host, domain) => expect(ownersDomain(host)).toBe(domain))
