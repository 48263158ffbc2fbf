using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Portal.Core.Domains.People;

/// <summary>Identity's store on a context of its own from the one door, disposed with it.</summary>
public sealed class IdentityStore(Database database, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<PortalUser, PortalDb, long>(database.Open(Actor.System("identity"), Can.KeepHouse), describer), IDisposable
{
    void IDisposable.Dispose()
    {
        Dispose();
        Context.Dispose();
    }
}
