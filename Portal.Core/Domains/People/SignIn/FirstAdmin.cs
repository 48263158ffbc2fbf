namespace Portal.Core.Domains.People;

/// <summary>Section "Portal:FirstAdmin": who the first admin is, where nobody should have to open a link.</summary>
public sealed record FirstAdminOptions
{
    public string? Email { get; init; }

    public string? Password { get; init; }

    public string FullName { get; init; } = "Administrator";
}

/// <summary>A portal without an admin is set up once: from configuration, or by whoever has the link that is printed at start.</summary>
public sealed class FirstAdmin(Accounts accounts, Database database, Lane lane, SetupLink link)
{
    public bool IsNeeded() => database.Read("SELECT COUNT(*) FROM Users WHERE Role = 'Admin'", row => row.GetInt32(0)).Single() == 0;

    public bool IsOpen(string token) => link.Fits(token) && IsNeeded();

    /// <summary>For whoever has the link: it works until there is an admin.</summary>
    public async Task CreateAsync(string token, NewAdmin input, CancellationToken ct = default)
    {
        if (!IsOpen(token))
            throw new NotFound("set-up link");
        await CreateAsync(input, ct);
    }

    /// <summary>Person and event in one unit, and only if there is still no admin when its turn comes.</summary>
    public async Task CreateAsync(NewAdmin input, CancellationToken ct = default)
    {
        Input.Check(input);
        var user = await accounts.NewAsync(input.Email, input.FullName.Trim(), Role.Admin, input.Password, ct);
        await lane.RunAsync(Actor.System("set-up"), Can.KeepHouse, async db =>
        {
            if (await db.Users.AnyAsync(u => u.Role == Role.Admin, ct))
                throw new NotFound("set-up link");
            db.Add(user);
            db.Record(() => new FirstAdminCreated(user.Id, user.Email!));
        }, ct);
    }
}

/// <summary>The link's secret. It lives with the process: a restart prints another.</summary>
public sealed class SetupLink
{
    public string Token { get; } = Tokens.New();

    public bool Fits(string token) => System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(Tokens.Hash(token), Tokens.Hash(Token));
}
