namespace Portal.Core.Domains.People;

/// <summary>A stranger registers their organisation. The answer and the work are the same whether or not we know the address; what differs is the mail.</summary>
public sealed class Registration(Accounts accounts, Passwords passwords, OneTimeCodes codes, MailComposer mails, Database database, Lane lane, TimeProvider time)
{
    private const int Tries = 3;
    private static readonly Actor Self = Actor.System("registration");

    public async Task RegisterAsync(Register input, string address, CancellationToken ct = default)
    {
        Input.Check(input);
        var email = New(input, "").NormalizedEmail!;
        await codes.CountAsync(email, address, ct);
        var hash = await passwords.HashAsync(input.Password, ct);
        for (var left = Tries; left > 0; left--)
        {
            var earlier = await EarlierAsync(email, ct);
            var isTheirs = await passwords.MatchesAsync(earlier, input.Password, ct);
            try
            {
                if (await lane.RunAsync(Self, Can.KeepHouse, db => WelcomeAsync(db, New(input, hash), input.Company.Trim(), (earlier?.Id, isTheirs), ct), ct))
                    return;
            }
            catch (Conflict)
            {
                // Twice at once: for the second the address is known.
            }
        }

        // Others came and went between every look and its save. Saying "accepted" would be a promise about nothing.
        throw new StoreUnavailable();
    }

    private async Task<PortalUser?> EarlierAsync(string email, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == email, ct);
    }

    private PortalUser New(Register input, string hash)
    {
        var user = accounts.Blank(input.Email, input.FullName.Trim(), Role.Client);
        (user.PasswordHash, user.PhoneNumber, user.TermsAcceptedAt) = (hash, input.MobileNumber?.Trim(), time.Now());
        return user;
    }

    /// <returns>Whether it is done: not when somebody came or went since the earlier one was looked at.</returns>
    private async Task<bool> WelcomeAsync(PortalDb db, PortalUser user, string company, (long? Id, bool IsTheirs) earlier, CancellationToken ct)
    {
        var known = await db.Users.SingleOrDefaultAsync(u => u.NormalizedEmail == user.NormalizedEmail, ct);
        var agency = await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new();
        if (known?.Id != earlier.Id)
            return false;
        if (known is { EmailConfirmed: false, IsActive: true })
            await BeginAnewAsync(db, known, user, company, earlier.IsTheirs, ct);
        else if (known is not null)
            db.Add(SecretMail.To(known.Email!, await mails.ComposeAsync(db, "registered_already", Addressee.Of(known), new Dictionary<string, object?> { ["link"] = "/sign-in" }, ct: ct), time.Now()));
        else
            await BeginAsync(db, user, company, agency, ct);
        return true;
    }

    // Nobody has shown yet whose address it is, so what was said last counts. Of two passwords neither does: whoever reads the
    // code would otherwise let in who chose the other one.
    private async Task BeginAnewAsync(PortalDb db, PortalUser known, PortalUser user, string company, bool isTheirs, CancellationToken ct)
    {
        known.PasswordHash = isTheirs ? known.PasswordHash : null;
        known.Touch();
        if (await db.Clients.SingleOrDefaultAsync(c => c.ApprovedAt == null && db.Access.Any(a => a.UserId == known.Id && a.ClientId == c.Id), ct) is { } client)
        {
            (known.FullName, known.PhoneNumber, known.TermsAcceptedAt) = (user.FullName, user.PhoneNumber, user.TermsAcceptedAt);
            if (client.Name != company)
            {
                client.Name = company;
                db.Record(new ClientRegistered(client.Id, company, known.Id));
            }
        }

        await codes.SendAsync(db, known.NormalizedEmail!, known, CodePurpose.VerifyEmail, known.Email, ct);
    }

    private async Task BeginAsync(PortalDb db, PortalUser user, string company, Agency agency, CancellationToken ct)
    {
        var client = new Client { Name = company, CurrencyCode = agency.CurrencyCode, ZoneId = agency.ZoneId, CreatedAt = time.Now() };
        (user.TermsVersion, user.ZoneId) = (agency.TermsVersion, agency.ZoneId);
        db.AddRange(user, client);
        await db.SaveChangesAsync(ct);
        db.Add(new Access { UserId = user.Id, ClientId = client.Id, Level = AccessLevel.Owner });
        db.Record(new ClientRegistered(client.Id, client.Name, user.Id));
        await codes.SendAsync(db, user.NormalizedEmail!, user, CodePurpose.VerifyEmail, user.Email, ct);
    }
}
