"""Addresses. Programme-scoped pages live under /p/<programme>/; every page needs sign-in unless its view says otherwise."""

urlpatterns = []
