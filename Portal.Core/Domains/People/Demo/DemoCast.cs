using static Portal.Core.Foundation.ClientStatus;

namespace Portal.Core.Domains.People;

internal sealed record DemoStaff(string Email, string Name, Role Role, string ZoneId, Service? Department = null, string Specialisation = "", int Capacity = PortalUser.StandardCapacity);

/// <param name="Days">How long ago it came.</param>
/// <param name="Marketing">Who works for it, by first name.</param>
/// <param name="Website">The same.</param>
/// <param name="People">"Name" or "Name e-mail": the owner, a manager where there are three or more, then viewers.</param>
internal sealed record DemoClient(string Name, string Where, string Currency, int Days, string? Marketing, string? Website, params string[] People)
{
    public ClientStatus Status { get; init; } = Active;

    public string Reason { get; init; } = "";

    public string Note { get; init; } = "";
}

/// <summary>Who is in the demo agency: invented, and the same people in every portal.</summary>
internal static class DemoCast
{
    private const string Harare = "Africa/Harare";
    private const string Johannesburg = "Africa/Johannesburg";
    private const string Kolkata = "Asia/Kolkata";

    /// <summary>Zone and telephone prefix by the country's code.</summary>
    public static readonly Dictionary<string, (string Zone, string Dial)> Countries = new()
    {
        ["ZW"] = (Harare, "+263"),
        ["ZA"] = (Johannesburg, "+27"),
        ["IN"] = (Kolkata, "+91"),
        ["GB"] = ("Europe/London", "+44"),
        ["BW"] = ("Africa/Gaborone", "+267"),
        ["ZM"] = ("Africa/Lusaka", "+260"),
        ["KE"] = ("Africa/Nairobi", "+254"),
        ["NA"] = ("Africa/Windhoek", "+264"),
        ["AU"] = ("Australia/Melbourne", "+61"),
    };

    public static readonly DemoStaff[] Staff =
    [
        new("admin@portal.local", "Nomsa Dube", Role.Admin, Harare),
        new("marketing@portal.local", "Tendai Moyo", Role.Agent, Harare, Service.Marketing, "Retail campaigns and WhatsApp", 12),
        new("website@portal.local", "Farai Ncube", Role.Agent, Harare, Service.Website, "Online shops"),
        new("daniel@portal.local", "Daniel Okafor", Role.Admin, Johannesburg),
        new("chipo@portal.local", "Chipo Sibanda", Role.Agent, Harare, Service.Marketing, "Travel and hospitality", 8),
        new("priya@portal.local", "Priya Nair", Role.Agent, Kolkata, Service.Marketing, "Search and social, Hindi and Tamil", 6),
        new("thabo@portal.local", "Thabo Mokoena", Role.Agent, Johannesburg, Service.Website, "Accessibility and speed", 9),
        new("grace@portal.local", "Grace Whitfield", Role.Agent, "Europe/London", Service.Website, "Booking systems", 6),
    ];

    public static readonly DemoClient[] Clients =
    [
        new("Acme Jewellers", "14 Jason Moyo Avenue, Harare, ZW", "USD", 231, "Tendai", "Farai", "Rudo Chikafu owner@acme.local", "Anesu Banda viewer@acme.local"),
        new("Globex Learning", "80 Residency Road, Bengaluru, IN", "INR", 174, null, "Farai", "Meera Iyer owner@globex.local"),
        new("Kopje Coffee Roasters", "5 Fife Street, Bulawayo, ZW", "USD", 312, "Tendai", null, "Themba Sithole", "Lindiwe Mpofu", "Brian Chuma") { Note = "Prefers calls before nine." },
        new("Savanna Print", "22 Juta Street, Johannesburg, ZA", "ZAR", 268, "Tendai", "Thabo", "Pieter van Wyk", "Ayanda Zulu"),
        new("Zambezi Outfitters", "3 Mosi-oa-Tunya Road, Livingstone, ZM", "ZMW", 196, "Chipo", null, "Mutale Banda", "Joseph Phiri"),
        new("Impala Insurance Brokers", "410 Church Street, Pretoria, ZA", "ZAR", 154, "Tendai", "Farai", "Naledi Khumalo", "Riaan Botha", "Zinhle Ndlovu", "Kabelo Moloi") { Note = "Every text goes past their compliance officer." },
        new("Baobab Dental", "Plot 61, Gaborone, BW", "BWP", 140, null, "Grace", "Kagiso Molefe"),
        new("Lotus Textiles", "7 Kalbadevi Road, Mumbai, IN", "INR", 127, "Priya", "Grace", "Arjun Mehta", "Sunita Rao", "Vikram Shah"),
        new("Harbour & Pine", "18 Welsh Back, Bristol, GB", "GBP", 118, "Tendai", "Grace", "Eleanor Hughes", "Samir Patel"),
        new("Northgate Physio", "41 Vicar Lane, Leeds, GB", "GBP", 96, null, "Grace", "Tom Barraclough", "Hannah Osei"),
        new("Marula Skincare", "9 Bree Street, Cape Town, ZA", "ZAR", 83, "Chipo", "Thabo", "Imke Jacobs", "Sipho Dlamini", "Lerato Nkosi"),
        new("Deccan Foods", "12 Abids Road, Hyderabad, IN", "INR", 71, "Priya", null, "Farhan Qureshi", "Lakshmi Reddy"),
        new("Coastal Solar", "30 Nkrumah Road, Mombasa, KE", "KES", 64, "Chipo", "Farai", "Amina Hassan", "Peter Otieno"),
        new("Highveld Legal", "77 Nelson Mandela Drive, Bloemfontein, ZA", "ZAR", 52, null, "Grace", "Mpho Tau", "Elmarie Steyn"),
        new("Thames Cycle Works", "6 Rye Lane, London, GB", "GBP", 205, "Tendai", null, "Oliver Grant", "Yasmin Begum") { Status = Closing },
        new("Ubuntu Housing Trust", "19 Independence Avenue, Windhoek, NA", "NAD", 47, null, "Thabo", "Selma Nangolo", "Petrus Shikongo"),
        new("Pune Robotics", "2 Baner Road, Pune, IN", "INR", 33, "Priya", "Farai", "Rohan Kulkarni", "Ananya Deshmukh", "Imran Shaikh"),
        new("Cedar & Clay", "55 Smith Street, Melbourne, AU", "AUD", 12, null, null, "Isla McKenzie", "Noah Tran"),
        new("Rift Valley Tours", "8 Kenyatta Avenue, Nairobi, KE", "KES", 5, "Tendai", "Grace", "Wanjiru Kamau", "Daudi Mwangi"),
        new("Blue Crane Books", "4 Dorp Street, Stellenbosch, ZA", "ZAR", 2, null, null, "Annelize Fourie") { Status = Pending },
        new("Saffron Lane Catering", "21 Park Street, Kolkata, IN", "INR", 4, null, null, "Debjani Sen") { Status = Pending },
        new("Whitby Sailmakers", "1 Pier Road, Whitby, GB", "GBP", 0, null, null, "George Fairfax") { Status = Pending },
        new("Sunbird Telecoms", "90 Samora Machel Avenue, Harare, ZW", "USD", 288, "Chipo", null, "Blessing Marufu", "Tatenda Gumbo") { Status = Inactive, Reason = "Two invoices are unpaid. We open the account again as soon as they are settled." },
        new("Garden Route Stays", "16 Main Road, Knysna, ZA", "ZAR", 244, null, "Thabo", "Charlene Adams") { Status = Inactive, Reason = "Paused at your own wish until the season begins in March." },
        new("QuickWin Promotions", "12 Cable Street, London, GB", "GBP", 19, null, null, "Jordan Pike") { Status = Declined, Reason = "We do not run campaigns for betting products." },
    ];
}
