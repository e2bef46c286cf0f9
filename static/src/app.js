// Everything works without this file. It starts the NHS components, and after an HTMX swap it moves the focus and
// speaks through the page's one polite live region.
import { createAll, Button, ErrorSummary, Header, NotificationBanner, PasswordInput, SkipLink } from 'nhsuk-frontend'

const start = () => { for (const component of [Button, ErrorSummary, Header, NotificationBanner, PasswordInput, SkipLink]) createAll(component) }

let waiting
function announce (text) {
  const region = document.getElementById('app-live')
  if (!region || !text) return
  clearTimeout(waiting)
  region.textContent = ''
  waiting = setTimeout(() => { region.textContent = text }, 100)
}

function settle () {
  start()
  const target = document.querySelector('[data-app-focus]')
  if (target) {
    target.removeAttribute('data-app-focus')
    if (!target.matches('a,button,input,select,textarea')) target.tabIndex = -1
    target.focus()
  }
  for (const element of document.querySelectorAll('[data-app-announce]')) {
    announce(element.dataset.appAnnounce)
    element.removeAttribute('data-app-announce')
  }
}

// A pasted list becomes one point on each line. The server does the same, so that nothing depends on this.
const MARK = /^[\s]*(?:[•◦▪‣·●○■–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])[\s]+/
function pasteBullets (event) {
  const box = event.target.closest?.('textarea[data-app-bullets]')
  const text = event.clipboardData?.getData('text/plain')
  if (!box || !text || !/\n/.test(text)) return
  event.preventDefault()
  const points = text.split(/\r?\n/).map(line => line.replace(MARK, '').trim()).filter(Boolean).join('\n')
  box.setRangeText(points, box.selectionStart, box.selectionEnd, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

for (const element of document.querySelectorAll('[data-app-js-only]')) element.hidden = false
// What the first page says is read anyway; only later changes are announced.
for (const element of document.querySelectorAll('[data-app-announce]')) element.removeAttribute('data-app-announce')
start()
document.addEventListener('paste', pasteBullets)
document.addEventListener('htmx:afterSettle', settle) // htmx 2
document.addEventListener('htmx:after:swap', () => setTimeout(settle, 0)) // htmx 4
const failed = () => announce('We could not reach the service. What you typed is still on this page. Try again.')
for (const name of ['htmx:sendError', 'htmx:timeout', 'htmx:error']) document.addEventListener(name, failed)
document.addEventListener('htmx:responseError', event => { if (event.detail?.xhr?.status >= 500) failed() })
