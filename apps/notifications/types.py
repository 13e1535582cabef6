"""What the record says about notices: that everybody was told of something, counted by group; never who."""

from apps.record.domain.schemas import entry_type

entry_type("notice.given", required={"about": "str", "groups": "map", "others": "int"})
