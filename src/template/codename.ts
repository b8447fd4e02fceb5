import { shortNameHash } from '../core/name-hash.ts'
import { TemplateError, type Value } from './value.ts'

const ADJECTIVES = (
  'able agile amber apt bold brave bright brisk calm candid careful cheery clear clever cosy crisp curious daring deep ' +
  'eager early easy even fair fast fine firm fond free fresh gentle glad golden good grand handy happy hardy honest ' +
  'humble jolly keen kind large light lively loyal lucid lucky mellow merry mild modest neat nimble noble open patient ' +
  'plain polite proud quick quiet rapid ready rich ripe robust round sharp shiny silent simple sleek smart smooth sober ' +
  'soft solid spry steady still strong sunny sure swift tall tame tidy tiny tough true trusty vivid warm wide wise witty ' +
  'young zesty'
).split(' ')

const NOUNS = (
  'acorn alder anchor ash aspen badger barn basil beach beech bell birch bison boat bridge brook cabin canyon cedar cherry ' +
  'cliff cloud clover coast comet coral crane creek crow daisy dale deer delta dove drum dune eagle elder elm falcon fern ' +
  'field finch fjord flint forest fox garden glade goose grove gull hare harp hawk hazel heath heron hill holly ibis inlet ' +
  'iris island ivy jay juniper kayak kite lagoon lake lamp lark laurel leaf lily linden lynx maple marsh meadow mole moon ' +
  'moose moss oak ocean olive orchid otter owl palm path peak pebble pine plum pond poplar rabbit raven reef ridge river ' +
  'robin rose sage seal shore sparrow spruce star stone stream swan thicket thistle tide trail trout tulip valley willow ' +
  'wolf wren yew'
).split(' ')

const pick = (words: readonly string[], seed: string): string => {
  const number = [...`${shortNameHash(seed)}${shortNameHash(`${seed}\0`)}`].reduce(
    (sum, digit) => (sum * 36 + Number.parseInt(digit, 36)) % 2_147_483_647,
    0,
  )
  return words[number % words.length] ?? ''
}

/** A name that people can say, always the same for the same text: `count` - 1 adjectives and a noun. */
export const codename = (text: string, count: Value): string => {
  if (typeof count !== 'bigint' || count < 1n || count > 8n)
    throw new TemplateError('codename takes a number from 1 to 8')
  const words: string[] = []
  for (let salt = 0; words.length < Number(count) - 1; salt++) {
    const word = pick(ADJECTIVES, `${text}\0${words.length}\0${salt}`)
    if (!words.includes(word)) words.push(word)
  }
  return [...words, pick(NOUNS, `${text}\0noun`)].join('-')
}
