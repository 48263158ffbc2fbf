namespace Portal.Core.Domains.People;

/// <summary>A stranger registers their organisation. The answer and the work are the same whether or not we know the address; what differs is the mail.</summary>
public sealed class Registration(Accounts accounts, Passwords passwords, OneTimeCodes codes, Lane lane, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("registration");

    public async Task RegisterAsync(Register input, string address, CancellationToken ct = default)
    {
        Input.Check(input);
        await codes.CountAsync(New(input, "").NormalizedEmail!, address, ct);
        var hash = await passwords.HashAsync(input.Password, ct);
        try
        {
            await lane.RunAsync(Self, Can.KeepHouse, db => WelcomeAsync(db, New(input, hash), input.Company.Trim(), ct), ct);
        }
        catch (Conflict)
        {
            // Twice at once on two hosts: for the second the address is known.
            await lane.RunAsync(Self, Can.KeepHouse, db => WelcomeAsync(db, New(input, hash), input.Company.Trim(), ct), ct);
        }
    }

    private PortalUser New(Register input, string hash)
    {
        var user = accounts.Blank(input.Email, input.FullName.Trim(), Role.Client);
        (user.PasswordHash, user.PhoneNumber, user.TermsAcceptedAt) = (hash, input.MobileNumber?.Trim(), time.Now());
        return user;
    }

    private async Task WelcomeAsync(PortalDb db, PortalUser user, string company, CancellationToken ct)
    {
        var known = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == user.NormalizedEmail, ct);
        var agency = await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new();
        if (known is { EmailConfirmed: false, IsActive: true })
        {
            // They have begun already and go on from there.
            codes.Send(db, known.NormalizedEmail!, known, CodePurpose.VerifyEmail, known.Email);
            return;
        }

        if (known is not null)
        {
            db.Add(SecretMail.To(known.Email!, "You have an account already", Already(known, agency), time.Now()));
            return;
        }

        var client = new Client { Name = company, CurrencyCode = agency.CurrencyCode, ZoneId = agency.ZoneId, CreatedAt = time.Now() };
        (user.TermsVersion, user.ZoneId) = (agency.TermsVersion, agency.ZoneId);
        db.AddRange(user, client);
        await db.SaveChangesAsync(ct);
        db.Add(new Access { UserId = user.Id, ClientId = client.Id, Level = AccessLevel.Owner });
        db.Record(new ClientRegistered(client.Id, client.Name, user.Id));
        codes.Send(db, user.NormalizedEmail!, user, CodePurpose.VerifyEmail, user.Email);
    }

    private static string Already(PortalUser known, Agency agency) =>
        $"Hello {known.FullName},\n\nSomeone has just tried to register at {agency.Name} with this address. You have an account already: sign in as usual, or choose “Forgot password?” if you no longer know yours.\n\nIf it was not you, nothing has happened; just delete this mail.\n";
}
