using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>Makes people as Identity makes them, for whoever adds them to a unit of work of their own.</summary>
public sealed class Accounts(UserManager<PortalUser> users, Passwords passwords, TimeProvider time)
{
    public async Task<PortalUser> NewAsync(string email, string name, Role role, string password, CancellationToken ct = default) =>
        await users.FindByEmailAsync(email) is null ? await MakeAsync(email, name, role, password, ct) : throw Known();

    /// <summary>For whoever has looked already whether the address is taken.</summary>
    internal async Task<PortalUser> MakeAsync(string email, string name, Role role, string password, CancellationToken ct)
    {
        var user = Blank(email, name, role);
        user.EmailConfirmed = true;
        foreach (var validator in users.PasswordValidators)
        {
            var verdict = await validator.ValidateAsync(users, user, password);
            if (!verdict.Succeeded)
                throw new Invalid(new Dictionary<string, string[]> { ["password"] = [.. verdict.Errors.Select(e => e.Description)] });
        }

        user.PasswordHash = await passwords.HashAsync(password, ct);
        return user;
    }

    internal string Normal(string email) => users.NormalizeEmail(email);

    internal static Invalid Known() => new("email", "There is an account with this address already.");

    /// <summary>Without a password, and with an address that nobody has proved to be theirs.</summary>
    internal PortalUser Blank(string email, string name, Role role) => new()
    {
        UserName = email,
        NormalizedUserName = users.NormalizeName(email),
        Email = email,
        NormalizedEmail = users.NormalizeEmail(email),
        FullName = name,
        Role = role,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        CreatedAt = time.Now(),
    };
}
