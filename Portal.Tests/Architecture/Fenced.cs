using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Architecture;

/// <summary>Every table is behind the fence, or stands here with the reason why it is nobody's in particular.</summary>
public class Fenced
{
    private static readonly Dictionary<Type, string> Shared = new()
    {
        [typeof(PortalUser)] = "A person is no client's: whom they may reach is said by Access.",
        [typeof(Access)] = "The fence itself reads it; only Foundation and People ask for it.",
        [typeof(Session)] = "A person's own; asked for by person.",
        [typeof(RefreshToken)] = "Found by a hash that only its holder can make.",
        [typeof(OneTimeCode)] = "A person's own, found by the address it was sent to.",
        [typeof(PendingSignIn)] = "Found by a hash that only its holder can make.",
        [typeof(RecoveryCode)] = "A person's own; asked for by person.",
        [typeof(IdentityUserPasskey<long>)] = "A person's own; found by the credential that only its holder has.",
        [typeof(VerifiedNumber)] = "A person's own; asked for by person.",
        [typeof(HearingSettings)] = "A person's own; asked for by person.",
        [typeof(HearingChoice)] = "A person's own; asked for by person.",
        [typeof(HearingDefault)] = "The house's own; it says nothing of anybody.",
        [typeof(ApiConfiguration)] = "The house's own accounts at providers; only admins ask for it.",
        [typeof(SimulatedObject)] = "What stand-ins for the house's own providers have; only admins ask for it.",
        [typeof(SimulatedCallback)] = "What those are going to call back; only admins ask for it.",
        [typeof(ApiSecret)] = "Of the house's own accounts, sealed.",
        [typeof(Agency)] = "The house's own name and address, on every invoice.",
        [typeof(MailTemplateEdit)] = "What the house's own mails say.",
        [typeof(MailSuppression)] = "An address that refuses mail, whoever writes there.",
        [typeof(DeliveryReport)] = "Found by the receipt of a delivery, which is fenced.",
        [typeof(SilentProvider)] = "The house's own: who does not call it.",
        [typeof(WebhookRefusal)] = "The house's own: how many calls it did not take.",
        [typeof(RefusedProvider)] = "The house's own: whose calls it does not take.",
        [typeof(AnsweredRequest)] = "Found by a hash of person, route and key.",
        [typeof(RateWindow)] = "Hashed names and counts.",
        [typeof(ChainHead)] = "The length of a chain.",
        [typeof(JobRow)] = "The house's own work.",
        [typeof(JobRun)] = "The house's own work.",
        [typeof(Retention)] = "How long the house keeps things.",
        [typeof(SecretKey)] = "The house's own keys, wrapped.",
        [typeof(SigningKey)] = "The house's own keys, sealed.",
        [typeof(DeliveryText)] = "Reached through its delivery alone, which is fenced.",
        [typeof(ProtectionKey)] = "The house's own keys, sealed.",
        [typeof(IdentityUserClaim<long>)] = "Identity's, by person.",
        [typeof(IdentityUserLogin<long>)] = "Identity's, by person.",
        [typeof(IdentityUserToken<long>)] = "Identity's, by person.",
    };

    private static readonly IModel Model = Open();

    public static TheoryData<string> Entities => [.. Model.GetEntityTypes().Where(t => !t.IsOwned()).Select(t => t.ClrType.Name)];

    [Theory]
    [MemberData(nameof(Entities))]
    public void Every_table_is_fenced_or_shared_for_a_reason(string entity)
    {
        var type = Model.GetEntityTypes().Single(t => !t.IsOwned() && t.ClrType.Name == entity);
        Assert.NotEqual(Shared.ContainsKey(type.ClrType), type.FindDeclaredQueryFilter(PortalDb.TenantFence) is not null);
        Assert.Equal(IsFenced(type.ClrType), type.FindDeclaredQueryFilter(PortalDb.TenantFence) is not null);
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void A_row_that_names_a_client_is_fenced_by_it(string entity)
    {
        var type = Model.GetEntityTypes().Single(t => !t.IsOwned() && t.ClrType.Name == entity);
        if (type.FindProperty("ClientId") is not null && type.ClrType != typeof(Access))
            Assert.True(IsFenced(type.ClrType), $"{entity} has a ClientId and is not fenced.");
    }

    [Fact]
    public void A_row_is_a_persons_or_a_clients_and_never_both() => Assert.DoesNotContain(
        Model.GetEntityTypes().Select(t => t.ClrType), t => typeof(IBelongsToPerson).IsAssignableFrom(t) && (typeof(IBelongsToClient).IsAssignableFrom(t) || typeof(IMayBelongToClient).IsAssignableFrom(t)));

    [Theory]
    [MemberData(nameof(Entities))]
    public void A_row_of_a_service_is_fenced_by_it_too(string entity)
    {
        var type = Model.GetEntityTypes().Single(t => !t.IsOwned() && t.ClrType.Name == entity);
        Assert.Equal(typeof(IBelongsToService).IsAssignableFrom(type.ClrType), type.FindDeclaredQueryFilter(PortalDb.ServiceFence) is not null);
    }

    [Fact]
    public void No_reason_is_given_for_a_table_that_is_gone() =>
        Assert.Empty(Shared.Keys.Except(Model.GetEntityTypes().Select(t => t.ClrType)));

    private static bool IsFenced(Type type) =>
        typeof(IBelongsToClient).IsAssignableFrom(type) || typeof(IMayBelongToClient).IsAssignableFrom(type) || typeof(IBelongsToPerson).IsAssignableFrom(type) || type == typeof(Client);

    private static IModel Open()
    {
        using var db = new Database(new SqliteProvider("Data Source=:memory:"), TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
        return db.Model;
    }
}
