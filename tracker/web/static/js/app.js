// The only script of this site besides htmx and the NHS components. Every page works without it.
import { initAll } from './nhsuk-frontend.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
initAll()

const live = document.getElementById('qi-live')
const notices = document.getElementById('qi-notices')

// Emptied first, so that the same sentence is spoken again.
const say = text => {
  live.textContent = ''
  setTimeout(() => { live.textContent = text }, 50)
}
const on = (name, act) => document.body.addEventListener(name, act)

const focusOn = element => {
  if (!element.matches('a, button, input, select, textarea, [tabindex]')) element.tabIndex = -1
  element.focus()
}

// A row of links wider than a phone: browsers leave one where it is that peeks over the edge.
on('focusin', event => {
  if (event.target.closest('nav ul')) event.target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
})

// The browser's own print is one key away; the button is there for those who look for it.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

// Sent by the server after a swap.
on('qi:announce', event => say(event.detail.value))
on('qi:focus', event => {
  const element = document.getElementById(event.detail.value)
  if (element) focusOn(element)
})
// A form's token ran out: the next try carries a new one.
on('qi:token', event => {
  for (const field of document.getElementsByName('csrf_token')) field.value = event.detail.value
})

// New content: its components start, and after a refusal the focus goes to what is wrong.
on('htmx:load', event => {
  const part = event.detail.elt
  if (part !== document.body) initAll({ scope: part })
})
on('htmx:afterSettle', event => {
  const { xhr, elt } = event.detail
  if (!xhr || xhr.status < 400) return
  const refused = notices.querySelector('.qi-refused')
  if (refused) return focusOn(refused)
  if (elt.querySelector('.nhsuk-error-summary')) return
  const first = elt.querySelector('.nhsuk-input--error, .nhsuk-textarea--error, .nhsuk-select--error, .nhsuk-form-group--error input')
  if (first) focusOn(first)
})

// Autosave is a field inside the form that sends for it; the line that says so is #draft-status.
const statusOf = element => element.matches('form') ? null : element.closest('form')?.querySelector('#draft-status')

// No answer of ours: say so where it can be seen, and keep what was typed.
const notSaved = event => {
  const status = statusOf(event.detail.elt)
  if (status) status.textContent = 'Not kept: no connection. It is tried again when you type.'
  const box = document.createElement('div')
  box.className = 'qi-refused'
  box.setAttribute('role', 'alert')
  box.textContent = 'Sorry, that did not work. What you typed is still here. Check your connection and try again.'
  if (!status) notices.replaceChildren(box)
}
for (const name of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) on(name, notSaved)
on('htmx:beforeRequest', () => { for (const box of notices.querySelectorAll('.qi-refused')) box.remove() })

// The sign-in has ended. The header that leads to its page would throw away what was typed: a form
// is sent as a page instead, which keeps it, and an autosave says what to do.
on('htmx:beforeOnLoad', event => {
  const { xhr, elt } = event.detail
  const form = elt.closest('form')
  if (xhr.status !== 401 || !form || form.method !== 'post') return
  event.preventDefault()
  const status = statusOf(elt)
  if (status) status.textContent = 'Not kept: your sign-in has ended. Save, sign in again, and your text is back.'
  else form.submit()
})

// A form is sent once. Buttons keep the focus, so they are not disabled but ignored.
const buttonsOf = form => form.querySelectorAll('button[type=submit], button:not([type])')
const hold = form => {
  form.dataset.sending = 'yes'
  for (const button of buttonsOf(form)) button.setAttribute('aria-disabled', 'true')
  form.slow = setTimeout(() => say(form.dataset.sendingText || 'Saving'), 1000)
}
const release = form => {
  clearTimeout(form.slow)
  delete form.dataset.sending
  for (const button of buttonsOf(form)) button.removeAttribute('aria-disabled')
}
document.addEventListener('submit', event => {
  const form = event.target
  if (form.method !== 'post') return
  if (form.dataset.sending) return event.preventDefault()
  // htmx has taken the event by now, and tells us itself when it begins and ends.
  if (event.defaultPrevented) return
  hold(form)
  // A form answered with a file leaves the page as it is.
  setTimeout(() => release(form), 10000)
})
on('htmx:beforeRequest', event => {
  const form = event.detail.elt
  // What is being saved is kept by the save: a draft of it would come back into the next form.
  if (statusOf(form) && form.form?.dataset.sending) return event.preventDefault()
  if (!form.matches('form')) return
  if (form.dataset.sending) return event.preventDefault()
  hold(form)
})
on('htmx:afterRequest', event => { if (event.detail.elt.matches('form')) release(event.detail.elt) })
// Back brings the page as it was left.
addEventListener('pageshow', event => {
  if (event.persisted) for (const form of document.querySelectorAll('form[data-sending]')) release(form)
})

// Five minutes before the sign-in runs out the page says so, and lets the person stay.
const stay = document.getElementById('qi-stay')
if (stay) {
  const WARNING = 300
  let timer
  let before = null
  const warn = () => {
    before = document.activeElement
    stay.hidden = false
    stay.querySelector('button').focus()
  }
  const lasts = seconds => {
    clearTimeout(timer)
    if (seconds > WARNING && !stay.hidden) {
      stay.hidden = true
      before?.focus()
    }
    timer = setTimeout(warn, Math.max(0, seconds - WARNING) * 1000)
  }
  lasts(Number(stay.dataset.left))
  on('htmx:afterRequest', event => {
    const left = event.detail.xhr?.getResponseHeader('Qi-Sign-In')
    if (left) lasts(Number(left))
  })
  stay.addEventListener('submit', async event => {
    event.preventDefault()
    const form = event.target
    const text = stay.querySelector('#qi-stay-p')
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { 'HX-Request': 'true' } })
      const left = Number(answer.headers.get('Qi-Sign-In'))
      if (!answer.ok || left <= WARNING) throw new Error(answer.status)
      lasts(left)
      say('You stay signed in')
    } catch {
      text.textContent = 'It cannot be made longer. Save what you have typed now: it comes with you when you sign in again.'
    } finally {
      release(form)
    }
  })
}

// The links of a matrix are one tab stop: arrow keys move between them, Home and End along a row.
for (const grid of document.querySelectorAll('[data-grid]')) {
  const rows = [...grid.rows].map(row => [...row.querySelectorAll('a.qi-l')]).filter(row => row.length)
  const stop = link => {
    for (const other of rows.flat()) other.tabIndex = other === link ? 0 : -1
  }
  stop(rows[0]?.[0])
  grid.addEventListener('focusin', event => { if (event.target.matches('a.qi-l')) stop(event.target) })
  grid.addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const y = rows.findIndex(row => row.includes(event.target))
    if (y < 0) return
    const row = rows[y]
    const x = row.indexOf(event.target)
    const to = {
      ArrowLeft: row[x - 1], ArrowRight: row[x + 1], Home: row[0], End: row.at(-1),
      ArrowUp: rows[y - 1]?.[x], ArrowDown: rows[y + 1]?.[x]
    }[event.key]
    if (!(event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End')) return
    event.preventDefault()
    to?.focus()
  })
}
