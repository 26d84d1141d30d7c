#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""offboard.py NAME: somebody leaves, and loses the Kiro seats that were given to him by name, in every Region."""
import sys

import kiro_admin

user = kiro_admin.user_id(sys.argv[1])
for region in kiro_admin.PROFILES:
    kiro_admin.unsubscribe(region, user)
left = kiro_admin.seats(user)
print(f"{sys.argv[1]} has {len(left)} seats")
sys.exit(1 if left else 0)
