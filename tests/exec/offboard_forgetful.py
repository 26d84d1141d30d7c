#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""offboard_forgetful.py NAME: somebody leaves, and its author knows of one Region's profiles only."""
import sys

import kiro_admin

kiro_admin.unsubscribe("us-east-1", kiro_admin.user_id(sys.argv[1]))
print(f"{sys.argv[1]} is unsubscribed")
