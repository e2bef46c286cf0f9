// Every page works without this file. It starts the NHS components; after an HTMX swap it moves the focus and speaks
// through the page's one polite live region; it says so when something could not be saved; it tidies pasted lists.
import {
  createAll, Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, Header, NotificationBanner, PasswordInput,
  Radios, SkipLink
} from 'nhsuk-frontend'

const COMPONENTS = [
  Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, Header, NotificationBanner, PasswordInput, Radios, SkipLink
]
const NOT_SAVED = 'We could not save that. What you typed is still on this page. Check your connection and try again.'
const NOT_LOADED = 'We could not load that. Check your connection and try again.'
const byId = id => document.getElementById(id)

function start () {
  // After a swap most components run already, which they report as an error that is none.
  const onError = error => { if (error.name !== 'InitError') console.error(error) }
  for (const component of COMPONENTS) createAll(component, {}, { scope: document, onError })
  radiosAsAriaKnowsThem()
  for (const element of document.querySelectorAll('[data-app-js-only][hidden]')) element.hidden = false
}

// ARIA knows no aria-expanded on a radio; NHS.UK's component sets it on those that reveal fields.
function radiosAsAriaKnowsThem () {
  for (const radio of document.querySelectorAll('[type=radio][aria-expanded]')) radio.removeAttribute('aria-expanded')
}

let waiting
function announce (text) { // emptied first, so that the same words are spoken again
  clearTimeout(waiting)
  byId('app-live').textContent = ''
  waiting = setTimeout(() => { byId('app-live').textContent = text }, 100)
}

function problem (text) { // seen as well as heard; an empty text takes it away
  byId('app-problem').hidden = !text
  byId('app-problem').textContent = text
  if (text) announce(text)
}

function moveFocus () {
  const target = document.querySelector('[data-app-focus]')
  if (!target) return
  target.removeAttribute('data-app-focus')
  if (!target.matches('a[href],button,input,select,textarea')) target.tabIndex = -1
  target.focus()
}

let unsaved = false // only after an autosave failed: a warning on every page is a warning nobody reads
const autosaves = element => Boolean(element?.closest?.('.app-status'))

function settled (event) {
  start()
  problem('')
  if (autosaves(event.target)) unsaved = Boolean(event.target.querySelector('.nhsuk-error-message'))
  moveFocus()
  for (const element of document.querySelectorAll('[data-app-announce]')) {
    announce(element.dataset.appAnnounce)
    element.removeAttribute('data-app-announce')
  }
}

function failed (event) {
  const source = event.detail?.elt || event.target
  const writing = autosaves(source) || event.detail?.requestConfig?.verb === 'post'
  if (!autosaves(source)) return problem(writing ? NOT_SAVED : NOT_LOADED)
  unsaved = true
  const error = Object.assign(document.createElement('span'), { className: 'nhsuk-error-message', textContent: NOT_SAVED })
  source.closest('.app-status').replaceChildren(error)
  announce(NOT_SAVED)
}

// A pasted list becomes one item on each line. The server does the same (BULLET_MARK in programme/fields.py).
const MARK = /^\s*(?:[•◦▪▫‣●○■□·\uf0b7\uf0a7]\s*|[-–—*]\s+|o\t\s*|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s+)/
function pasted (event) {
  const box = event.target.closest?.('textarea[data-app-bullets]')
  const lines = (event.clipboardData?.getData('text/plain') || '').split(/\r?\n/)
  if (!box || !lines.some(line => MARK.test(line))) return // plain text is pasted as it is, with the browser's undo
  event.preventDefault()
  const items = lines.map(line => line.replace(MARK, '').replace(MARK, '').trim()).filter(Boolean)
  box.setRangeText(items.join('\n'), box.selectionStart, box.selectionEnd, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

// Copies the text of a box; without scripts it is selected and copied by hand.
function copied (event) {
  const box = byId(event.target.closest?.('[data-app-copy]')?.dataset.appCopy)
  if (!box) return
  box.select()
  navigator.clipboard?.writeText(box.value).then(() => announce('Copied'), () => {})
}

// What the first page says is read anyway; only what changes later is announced.
for (const element of document.querySelectorAll('[data-app-announce]')) element.removeAttribute('data-app-announce')
start()
document.addEventListener('paste', pasted)
document.addEventListener('change', radiosAsAriaKnowsThem)
window.addEventListener('pageshow', radiosAsAriaKnowsThem) // when the component sets them first
document.addEventListener('click', copied)
document.addEventListener('submit', () => { unsaved = false })
window.addEventListener('beforeunload', event => { if (unsaved) event.preventDefault() })
document.addEventListener('htmx:afterSettle', settled) // htmx 2
document.addEventListener('htmx:after:swap', event => setTimeout(() => settled(event), 0)) // htmx 4
for (const name of ['htmx:sendError', 'htmx:timeout', 'htmx:responseError', 'htmx:error']) document.addEventListener(name, failed)
