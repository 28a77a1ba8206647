// Empty on purpose: this module only carries pkg-config's flags for RE2 to the wall in CRE2.
