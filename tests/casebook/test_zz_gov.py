import sys, traceback
from tests.casebook.world import desk
def test_it(sqlite_database):
    def hook(event,args):
        if event=='sqlite3.connect':
            sys.stderr.write("EV\n"+"".join(traceback.format_stack(limit=14)))
    sys.addaudithook(hook)
    desk(sqlite_database)
    assert 0
