using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddOptions<FirstAdminOptions>().BindConfiguration("Portal:FirstAdmin");
        services.AddIdentityCore<PortalUser>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.Password.RequiredLength = NewPasswordAttribute.Shortest;
            options.Password.RequireNonAlphanumeric = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireDigit = false;
        });
        return services
            .AddScoped<IUserStore<PortalUser>, IdentityStore>()
            .AddScoped<Accounts>()
            .AddSingleton<OneTimeCodes>()
            .AddWaysIn()
            .AddSingleton<PersonDirectory>()
            .AddSingleton<PeopleQueries>()
            .AddSingleton<ViewService>()
            .AddClients()
            .AddOwnAccount()
            .AddTeams()
            .AddSingleton<SetupLink>()
            .AddScoped<FirstAdmin>()
            .AddScoped<PeopleDemo>();
    }

    private static IServiceCollection AddWaysIn(this IServiceCollection services) => services
        .AddScoped<Passwords>()
        .AddScoped<SignInService>()
        .AddScoped<CodeSignIn>()
        .AddScoped<Registration>()
        .AddSingleton<Registrations>()
        .AddScoped<PasswordResets>()
        .AddSingleton<SecondStep>()
        .AddScoped<Passkeys>()
        .AddScoped<TokenService>();

    private static IServiceCollection AddClients(this IServiceCollection services) => services
        .AddSingleton<OwnerInvitations>()
        .AddSingleton<ClientService>()
        .AddSingleton<AssignmentService>()
        .AddSingleton<ClientImport>()
        .AddSingleton<ClientQueries>()
        .AddSingleton<AgentClientQueries>();

    private static IServiceCollection AddOwnAccount(this IServiceCollection services) => services
        .AddSingleton<OwnProfile>()
        .AddScoped<OwnSecret>()
        .AddScoped<OwnEmail>()
        .AddScoped<OwnPassword>()
        .AddScoped<OwnSecondFactor>()
        .AddSingleton<OwnNumbers>()
        .AddSingleton<OwnSessions>()
        .AddSingleton<OwnEvents>()
        .AddSingleton<OwnData>()
        .AddScoped<OwnClosing>()
        .AddSingleton<ClosingService>()
        .AddSingleton<Pictures>();

    private static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddSingleton<InvitationService>()
        .AddScoped<JoinService>()
        .AddSingleton<MemberService>()
        .AddSingleton<MemberQueries>()
        .AddSingleton<AgentService>()
        .AddSingleton<StaffService>()
        .AddSingleton<StaffQueries>()
        .AddSingleton<AgencyService>()
        .AddSingleton<OrganisationService>();
}
