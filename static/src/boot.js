// Runs before the page is drawn, so that what needs scripts is styled for them from the start.
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' nhsuk-frontend-supported' : '')
